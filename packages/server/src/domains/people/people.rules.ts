import { invalid } from "../../kernel/errors.ts"
import { newId } from "../../kernel/ids.ts"
import type { StoredRecord, Values } from "../../kernel/records/columns.ts"

export interface Moment {
  /** Now, as an ISO instant. */
  now: string
  /** The day it is for the workspace; asked for only where it is needed. */
  today: () => string
}
/** An entry of `employments`, as stored: empty parts are absent. */
export interface Employment extends Values {
  id: string
  companyId: string
  title?: string
  from?: string
  to?: string
  current?: boolean
}
interface Consent extends Values {
  id: string
  purpose: string
  channel: string
  status: string
  at?: string
}

/**
 * Completes what is written to a person: the name from its parts, company and job title beside the
 * employments, the time of each consent. Throws `validation_failed` when nothing would be left to call them by.
 */
export function preparePerson(values: Values, before: StoredRecord | undefined, moment: Moment): Values {
  const prepared = {
    ...values,
    ...completeName(values, before),
    ...completeEmployment(values, before, moment),
    ...completeConsents(values, before, moment.now),
  }
  if (before) refuseNameless({ ...before, ...prepared })
  return prepared
}

function refuseNameless(person: Values): void {
  const known =
    person.name || (person.emails as unknown[]).length > 0 || (person.phones as unknown[]).length > 0
  if (!known) throw invalid("name", "required", "a person needs a name, an e-mail address or a phone number")
}

/** All languages of the product put the given name first. A full name is never split: nobody knows where. */
function joinName(parts: Values | undefined): string | null {
  const name = [parts?.givenName, parts?.familyName].filter(Boolean).join(" ")
  return name === "" ? null : name.slice(0, 300)
}
function completeName(values: Values, before: StoredRecord | undefined): Values {
  const isTouched = ["name", "givenName", "familyName"].some((key) => key in values)
  if (!isTouched || values.name) return {}
  // A name of its own ("Dr. Anna Meier") stays when its parts change.
  const hasOwnName = !("name" in values) && before?.name && before.name !== joinName(before)
  return hasOwnName ? {} : { name: joinName({ ...before, ...values }) }
}

/** The employment that counts: the first marked current, else the first nobody has ended. */
export function currentEmployment(employments: readonly Employment[]): Employment | undefined {
  return employments.find((entry) => entry.current === true) ?? employments.find(isOpen)
}
function isOpen(entry: Employment): boolean {
  return entry.current === true || (entry.current !== false && entry.to === undefined)
}

/** Keeps `companyId` and `jobTitle` and the current employment saying the same, whichever was written. */
function completeEmployment(values: Values, before: StoredRecord | undefined, moment: Moment): Values {
  if (!["employments", "companyId", "jobTitle"].some((key) => key in values)) return {}
  const isChanged = (key: string) => key in values && (values[key] ?? null) !== (before?.[key] ?? null)
  const listed = (values.employments ?? before?.employments ?? []) as Employment[]
  const current = currentEmployment(listed)
  const companyId = isChanged("companyId")
    ? (values.companyId as string | null)
    : (current?.companyId ?? null)
  const isNewCompany = companyId !== (current?.companyId ?? null)
  const hadEmployment = before !== undefined && currentEmployment(before.employments as Employment[])
  // Without an employer a title stands by itself, and goes with the person to the first one.
  const ownTitle = hadEmployment || current ? null : ((before?.jobTitle as string | null | undefined) ?? null)
  // Said beside "no employer" it stays, even when it is the same as before: this is how a first employer is undone.
  const isOwnTitle = !current && values.companyId === null
  const isTitleGiven = isChanged("jobTitle") || ("jobTitle" in values && (isNewCompany || isOwnTitle))
  const title = isTitleGiven
    ? (values.jobTitle as string | null)
    : isNewCompany
      ? ownTitle
      : (current?.title ?? ownTitle)
  const employments = isNewCompany
    ? changeCompany(listed, companyId, title, moment.today)
    : listed.map((entry) => (entry === current ? withTitle(entry, title) : entry))
  const counting = currentEmployment(employments)
  return {
    employments,
    companyId: counting?.companyId ?? null,
    jobTitle: counting ? (counting.title ?? null) : title,
  }
}

function changeCompany(
  employments: readonly Employment[],
  companyId: string | null,
  title: string | null,
  today: () => string,
): Employment[] {
  const end = (entry: Employment): Employment => ({ ...entry, to: entry.to ?? today(), current: false })
  if (companyId === null) return employments.map((entry) => (isOpen(entry) ? end(entry) : entry))
  const ended = currentEmployment(employments)
  // Somebody who worked at both stays at the one that is chosen now.
  const held = employments.find((entry) => entry.companyId === companyId && isOpen(entry))
  const chosen = { ...(held ?? { id: newId(), companyId }), current: true }
  const others = employments.filter((entry) => entry !== held)
  return [
    held && title === null ? chosen : withTitle(chosen, title),
    ...others.map((entry) => (entry === ended ? end(entry) : entry)),
  ]
}
function withTitle(entry: Employment, title: string | null): Employment {
  const { title: _, ...rest } = entry
  return title === null ? rest : { ...rest, title }
}

/** One entry per purpose and channel keeps its id and, while its status stays, its time. */
function completeConsents(values: Values, before: StoredRecord | undefined, now: string): Values {
  if (!values.consents) return {}
  const earlier = (before?.consents ?? []) as Consent[]
  const entries = values.consents as Consent[]
  const matched = entries.map((entry, index) => {
    const isFirst = entries.findIndex((other) => isSameConsent(other, entry)) === index
    return isFirst ? earlier.find((other) => isSameConsent(other, entry)) : undefined
  })
  const taken = new Set(matched.flatMap((entry) => entry?.id ?? []))
  const consents = entries.map((entry, index) => {
    const known = matched[index] ?? earlier.find((other) => other.id === entry.id && !taken.has(other.id))
    const id = matched[index]?.id ?? (taken.has(entry.id) ? newId() : entry.id)
    const isStated = entry.at !== undefined && entry.at !== known?.at
    const isUnchanged = known && isSameConsent(known, entry) && known.status === entry.status
    return { ...entry, id, at: isStated ? entry.at : ((isUnchanged ? known.at : undefined) ?? now) }
  })
  return { consents }
}

/**
 * Consents of people who turn out to be one: an entry for each purpose and channel. Who once refused or withdrew
 * stays left in peace, whichever record was chosen.
 */
export function consentsOfAll(values: Values, records: readonly Values[]): Values {
  const chosen = (values.consents ?? records[0]?.consents ?? []) as Consent[]
  const all = records.flatMap((record) => (record.consents ?? []) as Consent[])
  const refused = all.filter(({ status }) => status !== "given")
  const consents = [...chosen, ...refused].flatMap((entry, index, entries) => {
    if (entries.findIndex((other) => isSameConsent(other, entry)) !== index) return []
    return [refused.find((other) => isSameConsent(other, entry)) ?? entry]
  })
  return { consents }
}
function isSameConsent(one: Consent, other: Consent): boolean {
  return one.purpose === other.purpose && one.channel === other.channel
}
