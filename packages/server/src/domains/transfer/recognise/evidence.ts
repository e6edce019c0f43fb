import type { Detector } from "./detectors.ts"
import type { Meaning } from "./meanings.ts"
import type { Profile } from "./profile.ts"

/** −1 when the values can't be this, 0 when they say nothing, 1 when they can hardly be anything else. */
type Evidence = (profile: Profile) => number

/** Values that must look like this: from −1 at `none` to 1 at `full`. */
const must = (share: number, none = 0.15, full = 0.65, worst = -1) =>
  share <= none ? worst : share >= full ? 1 : worst + ((1 - worst) * (share - none)) / (full - none)

/** Values that may be known to us, but need not be. */
const may = (share: number, full = 0.5) => Math.min(1, share / full)

const most = (profile: Profile, ...detectors: Detector[]) => Math.max(...detectors.map(profile.share))

/** Words, against things that are written in figures or have a form of their own. */
function words(profile: Profile): number {
  if (most(profile, "email", "date", "url", "phone") > 0.5) return -1
  if (most(profile, "number", "boolean") > 0.6) return -1
  return profile.share("digit") > 0.6 ? -0.5 : 0
}

/** The first contradiction counts, else the support. */
const unless = (contradiction: number, support: number) => (contradiction < 0 ? contradiction : support)

const isChoiceLike = (profile: Profile) => profile.count >= 8 && profile.distinct <= 3

const name: Evidence = (profile) => {
  if (words(profile) < 0) return words(profile)
  if (isChoiceLike(profile)) return -0.5
  return profile.share("company") > 0.6 && profile.share("personName") < 0.2 ? -0.5 : 0
}

/** A word of a kind of its own; "no" and "si" are codes of countries and languages as well. */
const code =
  (detector: Detector): Evidence =>
  (profile) =>
    profile.share("boolean") > 0.6 ? -0.9 : must(profile.share(detector), 0.15, 0.6, -0.9)

const date: Evidence = (profile) => must(profile.share("date"), 0.2, 0.7)

const choice =
  (detector: Detector, worst = -0.7): Evidence =>
  (profile) =>
    must(profile.share(detector), 0.15, 0.6, worst)

const consent: Evidence = (profile) => must(most(profile, "boolean", "consent", "date"), 0.2, 0.7, -0.9)

const text: Evidence = (profile) => {
  if (most(profile, "number", "date", "boolean", "email") > 0.6) return -0.7
  return isChoiceLike(profile) ? -0.2 : 0.4 * may(profile.share("prose"))
}

const place = (profile: Profile, own: Detector) => {
  if (words(profile) < 0 || profile.share("boolean") > 0.7) return -0.8
  if (profile.share("prose") > 0.6) return -0.5
  const known = may(profile.share(own), 0.4)
  return profile.share("country") > Math.max(0.7, profile.share(own)) ? -0.6 : known
}

const identifier: Evidence = (profile) => {
  if (profile.share("date") > 0.6 || profile.share("email") > 0.6 || profile.share("prose") > 0.3) return -0.9
  if (profile.count >= 4 && profile.unique < 0.7) return -0.6
  return profile.unique > 0.95 && profile.share("code") > 0.7
    ? 0.7
    : profile.share("manyWords") > 0.5
      ? -0.4
      : 0
}

const company: Evidence = (profile) => {
  if (words(profile) < -0.5) return words(profile)
  if (most(profile, "opaqueId", "boolean") > 0.7) return -0.8
  const isPerson = profile.share("personName") > 0.6 && profile.share("company") < 0.1
  return isPerson ? -0.2 : may(profile.share("company"))
}

/** How the values of a column speak for or against each meaning. Columns without values are not asked. */
export const EVIDENCE: Record<Meaning, Evidence> = {
  fullName: (profile) =>
    unless(name(profile), profile.share("manyWords") < 0.4 ? -0.4 : may(profile.share("personName"))),
  givenName: (profile) => {
    if (name(profile) < 0 || profile.share("prose") > 0.3) return Math.min(name(profile), -0.6)
    if (profile.share("manyWords") > 0.7) return -0.4
    return profile.share("familyName") - profile.share("givenName") > 0.25
      ? -0.3
      : may(profile.share("givenName"))
  },
  familyName: (profile) => {
    if (name(profile) < 0) return name(profile)
    return profile.share("givenName") - profile.share("familyName") > 0.4
      ? -0.4
      : 0.8 * may(profile.share("familyName"), 0.35)
  },
  middleName: name,
  salutation: choice("salutation", -0.9),
  email: (profile) => must(profile.share("email")),
  phone: (profile) => must(Math.max(profile.share("phone"), 0.55 * profile.share("localPhone")), 0.2, 0.6),
  street: (profile) => {
    if (most(profile, "email", "date", "phone", "boolean", "country") > 0.5 || profile.share("number") > 0.6)
      return -0.9
    return profile.share("wholeAddress") > 0.5
      ? -0.3
      : profile.share("digit") < 0.1 && profile.share("street") < 0.2
        ? -0.25
        : may(profile.share("street"))
  },
  houseNumber: (profile) => must(profile.share("houseNumber"), 0.2, 0.7),
  street2: (profile) => (most(profile, "email", "date", "url", "phone") > 0.5 ? -1 : 0),
  city: (profile) => place(profile, "city"),
  region: (profile) => place(profile, "region"),
  postalCode: (profile) => must(profile.share("postalCode"), 0.2, 0.7),
  // Codes of American states are codes of countries too.
  country: (profile) =>
    profile.share("region") > profile.share("country") ? -0.5 : code("country")(profile),
  wholeAddress: (profile) => must(profile.share("wholeAddress"), 0.15, 0.6, -0.8),
  organisation: company,
  organisationId: (profile) => must(most(profile, "opaqueId", "integer", "code"), 0.2, 0.7),
  jobTitle: (profile) => {
    if (profile.share("salutation") > 0.5) return -1
    return unless(words(profile), isChoiceLike(profile) ? -0.2 : may(profile.share("job"), 0.4))
  },
  department: words,
  lifecycleStage: choice("lifecycle"),
  source: words,
  owner: (profile) => {
    if (most(profile, "opaqueId", "number", "date") > 0.6) return -1
    return profile.share("boolean") > 0.6 ? -0.8 : 0.4 * may(most(profile, "personName", "email"))
  },
  tags: (profile) =>
    most(profile, "date", "email") > 0.5
      ? -1
      : profile.share("number") > 0.7
        ? -0.5
        : 0.5 * may(profile.share("list")),
  birthday: (profile) =>
    profile.share("birthYear") < 0.3 && profile.share("date") > 0 ? -0.5 : date(profile),
  birthDay: (profile) => must(profile.share("day"), 0.2, 0.8),
  birthMonth: (profile) => must(profile.share("month"), 0.2, 0.8),
  birthYear: (profile) => must(profile.share("year"), 0.2, 0.8),
  anniversary: date,
  language: code("language"),
  channel: choice("channel"),
  formOfAddress: choice("formOfAddress", -0.9),
  styleNote: text,
  keyCustomer: (profile) => must(most(profile, "keyCustomer", "boolean"), 0.2, 0.6, -0.7),
  location: (profile) => (profile.share("country") > 0.6 ? -0.7 : words(profile)),
  website: (profile) => must(profile.share("url"), 0.15, 0.6, -0.9),
  social: (profile) => must(most(profile, "socialUrl", "handle", "url"), 0.2, 0.6, -0.9),
  domain: (profile) => must(profile.share("url"), 0.15, 0.6, -0.9),
  photo: (profile) => must(most(profile, "image", "url"), 0.15, 0.6, -0.9),
  description: text,
  note: text,
  optIn: consent,
  optOut: consent,
  optInDate: date,
  optOutDate: date,
  createdAt: (profile) => Math.max(date(profile), must(profile.share("year"), 0.3, 0.8) * 0.5 - 0.1),
  externalId: identifier,
  industry: (profile) => {
    if (profile.share("country") > 0.6 || profile.share("prose") > 0.5) return -0.8
    return unless(words(profile), may(profile.share("industry"), 0.4))
  },
  size: (profile) => must(most(profile, "integer", "range", "number"), 0.2, 0.7),
  parent: company,
  parentId: (profile) => must(most(profile, "opaqueId", "integer"), 0.2, 0.7),
  attribute: () => 0,
  technical: () => 0,
}

/**
 * How much agreement of the values says, from 0 to 1. Where any date, number or yes and no will do, it only shows that
 * the meaning is possible. Meanings that are not listed have values of their own kind.
 */
export const SPECIFICITY: Partial<Record<Meaning, number>> = {
  createdAt: 0.25,
  anniversary: 0.25,
  optInDate: 0.25,
  optOutDate: 0.25,
  birthday: 0.6,
  birthDay: 0.4,
  birthMonth: 0.4,
  birthYear: 0.4,
  size: 0.25,
  optIn: 0.3,
  optOut: 0.3,
  keyCustomer: 0.4,
  houseNumber: 0.4,
  externalId: 0.5,
  organisationId: 0.3,
  parentId: 0.3,
  social: 0.4,
}

/** How sure a meaning can be from values alone, when they fit perfectly; meanings not listed need a header. */
export const FROM_VALUES_ALONE: Partial<Record<Meaning, number>> = {
  email: 0.95,
  phone: 0.85,
  fullName: 0.85,
  givenName: 0.82,
  familyName: 0.78,
  salutation: 0.88,
  organisation: 0.8,
  street: 0.82,
  city: 0.78,
  region: 0.66,
  postalCode: 0.45,
  country: 0.85,
  wholeAddress: 0.7,
  website: 0.8,
  photo: 0.82,
  birthday: 0.62,
  jobTitle: 0.66,
  industry: 0.6,
  lifecycleStage: 0.6,
  formOfAddress: 0.6,
  externalId: 0.45,
}
