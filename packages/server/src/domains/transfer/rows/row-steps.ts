import type { ImportColumn } from "@regulars/contract/domains/transfer.endpoints.ts"
import { idOf, placeOf } from "../recognise/targets.ts"
import {
  type Choices,
  formsOfAddress,
  keyCustomerLevels,
  lifecycleStages,
  preferredChannels,
  readChoice,
} from "../values/choices.ts"
import { readCountry } from "../values/countries.ts"
import { readBirthday, readMoment } from "../values/dates.ts"
import { readLanguage } from "../values/languages.ts"
import { splitList } from "../values/lists.ts"
import type { Reading } from "../values/reading.ts"
import { optInDateStep, optInStep, optOutDateStep, optOutStep } from "./consent-steps.ts"
import { domainStep, emailStep, labelStep, phoneStep } from "./contact-steps.ts"
import { fieldStep } from "./field-steps.ts"
import { instantOfMoment, orderOf } from "./moments.ts"
import {
  complain,
  groupOf,
  itemOf,
  type RowContext,
  readingStep,
  type Step,
  saysNothing,
  type Work,
} from "./row-work.ts"

type MakeStep = (column: ImportColumn, context: RowContext) => Step

/** The way of a column's cells into a record; undefined for targets that take nothing. */
export function stepFor(column: ImportColumn, context: RowContext): Step | undefined {
  const { target } = column
  const place = target && placeOf(context.entity, target)
  if (!place) return undefined
  if (place.field) return fieldStep({ column, target, field: place.field }, context)
  const id = idOf(target)
  return Object.hasOwn(steps, id) ? steps[id]?.(column, context) : undefined
}

const text =
  (field: string): MakeStep =>
  () =>
  (work, value) => {
    work.values[field] ??= value
  }
/** Reads a cell as one value, or complains. */
function typed<T>(
  read: (value: string, column: ImportColumn) => Reading<T>,
  take: (work: Work, value: T, column: ImportColumn, context: RowContext) => void,
): MakeStep {
  return (column, context) =>
    readingStep(
      column,
      (value) => read(value, column),
      (work, value) => take(work, value, column, context),
    )
}
const choice = <T extends string>(field: string, among: Choices<T>): MakeStep =>
  typed(
    (value) => readChoice(value, among),
    (work, value) => {
      work.values[field] ??= value
    },
  )
const part =
  (field: string, name: string, glue?: string): MakeStep =>
  (column) =>
  (work, value) => {
    const item = itemOf(work, field, groupOf(column))
    const line = value.replace(/\s*[\r\n]+\s*/g, ", ")
    item[name] = glue !== undefined && item[name] ? `${item[name]}${glue}${line}` : (item[name] ?? line)
  }
const link =
  (target: string, field: string, by: "name" | "externalId" = "name"): MakeStep =>
  ({ header, index: column }) =>
  (work, value) => {
    const known = work.links.find((wish) => wish.field === field)
    if (known) known[by] ??= value
    else work.links.push({ target, field, header, column, [by]: value })
  }
/** The text as it stands, under a name of its own. */
const kept: MakeStep = (column) => (work, value) => {
  work.texts.push([column.target?.key ?? column.header, value])
}

const steps: Record<string, MakeStep> = {
  name: text("name"),
  givenName: text("givenName"),
  familyName: text("familyName"),
  middleName: () => (work, value) => {
    work.middleName = value
  },
  salutation: () => (work, value) => {
    work.values.salutation = work.values.salutation ? `${work.values.salutation} ${value}` : value
  },
  "emails.address": emailStep,
  "emails.label": labelStep("emails"),
  "phones.number": phoneStep,
  "phones.label": labelStep("phones"),
  "addresses.street": part("addresses", "street", " "),
  "addresses.houseNumber": part("addresses", "street", " "),
  "addresses.street2": part("addresses", "street2", ", "),
  "addresses.city": part("addresses", "city"),
  "addresses.region": part("addresses", "region"),
  "addresses.postalCode": part("addresses", "postalCode"),
  "addresses.country": typed(readCountry, (work, value, column) => {
    itemOf(work, "addresses", groupOf(column)).country = value
  }),
  "addresses.whole": part("addresses", "whole"),
  "addresses.label": labelStep("addresses"),
  companyName: link("companies", "companyId"),
  "companyName.externalId": link("companies", "companyId", "externalId"),
  jobTitle: text("jobTitle"),
  department: kept,
  domains: domainStep,
  industry: text("industry"),
  size: (column) => (work, value) => {
    if (saysNothing(value)) return
    const size = headcount(value)
    if (size === undefined) complain(work, column, "number_invalid", value)
    else work.values.size ??= size
  },
  parentName: link("companies", "parentId"),
  "parentName.externalId": link("companies", "parentId", "externalId"),
  lifecycleStage: choice("lifecycleStage", lifecycleStages),
  keyCustomer: choice("keyCustomer", keyCustomerLevels),
  source: link("sources", "sourceId"),
  owner: link("members", "ownerId"),
  location: link("locations", "locationId"),
  tags: () => (work, value) => {
    work.values.tags = [...((work.values.tags as string[] | undefined) ?? []), ...splitList(value)]
  },
  birthday: typed(
    (value, column) => readBirthday(value, orderOf(column)),
    (work, value) => {
      work.values.birthday ??= value
    },
  ),
  "birthday.day": () => (work, value) => {
    work.birthday.day = value
  },
  "birthday.month": () => (work, value) => {
    work.birthday.month = value
  },
  "birthday.year": () => (work, value) => {
    work.birthday.year = value
  },
  "dates.date": typed(
    (value, column) => readBirthday(value, orderOf(column)),
    (work, value, column) => {
      const item = itemOf(work, "dates", groupOf(column))
      item.on = value
      item.label ??= column.target?.label ?? column.header
    },
  ),
  "dates.label": part("dates", "label"),
  language: typed(readLanguage, (work, value) => {
    work.values.language ??= value
  }),
  preferredChannel: choice("preferredChannel", preferredChannels),
  formOfAddress: choice("formOfAddress", formsOfAddress),
  styleNote: text("styleNote"),
  social: (column) => (work, value) => {
    const item = itemOf(work, "social", groupOf(column))
    item.value = value
    item.label ??= column.target?.label ?? "website"
  },
  "social.label": part("social", "label"),
  photoUrl: kept,
  "consent.optIn": optInStep,
  "consent.optOut": optOutStep,
  "consent.optInDate": optInDateStep,
  "consent.optOutDate": optOutDateStep,
  description: text("description"),
  note: () => (work, value) => {
    work.notes.push(value)
  },
  preferences: kept,
  "preferences.key": (column) => (work, value) => {
    const pair = work.pairs.get(groupOf(column)) ?? {}
    work.pairs.set(groupOf(column), { ...pair, key: value })
  },
  "preferences.value": (column) => (work, value) => {
    const pair = work.pairs.get(groupOf(column)) ?? {}
    work.pairs.set(groupOf(column), {
      ...pair,
      text: value,
      key: pair.key ?? column.target?.key ?? column.header,
    })
  },
  createdAt: typed(
    (value, column) => readMoment(value, orderOf(column)),
    (work, value, _, { zone }) => {
      work.createdAt ??= instantOfMoment(value, zone)
    },
  ),
  externalId: (column, context) => (work, value) => {
    work.externalId ??= value
    // Ids of known products are noise to people; a customer number in somebody's own list is not.
    if (!context.source) work.texts.push([column.header, value])
  },
}

/** "251", "1,200", "11-50", "10.001+": the lower bound where there are two. */
function headcount(value: string): number | undefined {
  const first = /\d[\d.,'\u00a0\u202f ]*/.exec(value)?.[0].trim()
  if (first === undefined) return undefined
  const whole = /^\d+[.,]\d{1,2}$/.test(first) ? first.replace(/[.,].*$/, "") : first.replace(/\D/g, "")
  return whole.length <= 9 ? Number(whole) : undefined
}
