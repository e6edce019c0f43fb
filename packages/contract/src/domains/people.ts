import { defineEntity } from "../kernel/entity.ts"
import type { Field, List } from "../kernel/fields.ts"

export const lifecycleStages = [
  "subscriber",
  "lead",
  "qualified",
  "customer",
  "regular",
  "lapsed",
  "lost",
] as const
export const keyCustomerMarks = ["vip", "high", "medium", "low", "potential"] as const
export const contactChannels = ["email", "phone", "sms", "chat", "post", "inPerson", "social"] as const
export const consentPurposes = ["newsletter", "offers", "service", "surveys", "profiling"] as const
export const consentBases = ["consent", "contract", "legitimateInterest", "legalObligation"] as const

const addresses = {
  type: "list",
  key: "street",
  max: 20,
  personal: true,
  search: true,
  group: "contact",
  item: {
    label: { type: "text", max: 40 },
    street: { type: "text", max: 300 },
    city: { type: "text", max: 120 },
    region: { type: "text", max: 120 },
    postalCode: { type: "text", max: 30 },
    country: { type: "country" },
  },
} as const satisfies Field & List

const phones = {
  type: "list",
  key: "number",
  max: 20,
  personal: true,
  search: true,
  lookUp: true,
  column: true,
  group: "contact",
  item: {
    /** E.164 where it can be read as a number; null otherwise. */
    number: { type: "phone" },
    /** As someone typed it. */
    raw: { type: "text", max: 60 },
    label: { type: "text", max: 40 },
    preferred: { type: "boolean" },
  },
} as const satisfies Field & List

const tags = { type: "tags", max: 100, lookUp: true, column: true, group: "relation" } as const
const lifecycleStage = {
  type: "choice",
  choices: lifecycleStages,
  sort: true,
  column: true,
  group: "relation",
} as const
const keyCustomer = { type: "choice", choices: keyCustomerMarks, sort: true, group: "relation" } as const
const ownerId = { type: "link", target: "members", column: true, group: "relation" } as const
const description = { type: "longText", max: 20_000, personal: true, group: "about" } as const
const lastActivityAt = {
  type: "dateTime",
  readOnly: true,
  sort: true,
  column: true,
  group: "system",
} as const

export const people = defineEntity({
  name: "people",
  singular: "person",
  title: "name",
  subtitle: ["emails", "phones", "jobTitle"],
  defaultSort: "name",
  needsOneOf: ["name", "givenName", "familyName", "emails", "phones"],
  duplicateKeys: ["emails", "phones"],
  access: { owner: "ownerId" },
  pages: true,
  timeline: true,
  transfer: true,
  mergeable: true,
  fields: {
    name: {
      type: "text",
      max: 300,
      search: true,
      lookUp: true,
      sort: true,
      column: true,
      personal: true,
      group: "basics",
    },
    givenName: { type: "text", max: 150, sort: true, personal: true, group: "basics" },
    familyName: { type: "text", max: 150, sort: true, personal: true, group: "basics" },
    salutation: { type: "text", max: 60, personal: true, group: "basics" },
    companyId: { type: "link", target: "companies", column: true, group: "work" },
    jobTitle: { type: "text", max: 200, personal: true, sort: true, group: "work" },
    emails: {
      type: "list",
      key: "address",
      max: 20,
      personal: true,
      search: true,
      lookUp: true,
      column: true,
      group: "contact",
      item: {
        address: { type: "email", required: true },
        label: { type: "text", max: 40 },
        preferred: { type: "boolean" },
      },
    },
    phones,
    addresses,
    social: { type: "map", max: 20, personal: true, group: "contact" },
    employments: {
      type: "list",
      key: "companyId",
      max: 50,
      personal: true,
      lookUp: true,
      group: "work",
      item: {
        companyId: { type: "link", target: "companies", required: true },
        title: { type: "text", max: 200 },
        from: { type: "date" },
        to: { type: "date" },
        current: { type: "boolean" },
      },
    },
    lifecycleStage,
    keyCustomer,
    sourceId: { type: "link", target: "sources", group: "relation" },
    ownerId,
    tags,
    locationId: { type: "link", target: "locations", group: "relation" },
    birthday: { type: "monthDay", personal: true, group: "about" },
    dates: {
      type: "list",
      key: "label",
      max: 20,
      personal: true,
      group: "about",
      item: { label: { type: "text", max: 80, required: true }, on: { type: "monthDay", required: true } },
    },
    language: { type: "language", group: "about" },
    preferredChannel: { type: "choice", choices: contactChannels, group: "about" },
    formOfAddress: { type: "choice", choices: ["formal", "informal"], group: "about" },
    styleNote: { type: "longText", max: 2000, personal: true, group: "about" },
    preferences: { type: "map", max: 100, personal: true, search: true, group: "about" },
    consents: {
      type: "list",
      key: "purpose",
      max: 100,
      personal: true,
      group: "consent",
      item: {
        purpose: { type: "choice", choices: consentPurposes, required: true },
        channel: { type: "choice", choices: contactChannels, required: true },
        status: { type: "choice", choices: ["given", "refused", "withdrawn"], required: true },
        basis: { type: "choice", choices: consentBases },
        source: { type: "text", max: 300 },
        wording: { type: "text", max: 4000 },
        at: { type: "dateTime" },
      },
    },
    photoId: { type: "file", lookUp: true, personal: true, transfer: false, group: "basics" },
    description,
    lastActivityAt,
  },
})

export const companies = defineEntity({
  name: "companies",
  singular: "company",
  title: "name",
  subtitle: ["domains", "industry"],
  defaultSort: "name",
  duplicateKeys: ["domains", "name"],
  access: { owner: "ownerId" },
  relations: {
    people: { entity: "people", field: "employments" },
    subsidiaries: { entity: "companies", field: "parentId" },
  },
  pages: true,
  timeline: true,
  transfer: true,
  mergeable: true,
  fields: {
    name: {
      type: "text",
      max: 300,
      required: true,
      search: true,
      lookUp: true,
      sort: true,
      column: true,
      group: "basics",
    },
    domains: {
      type: "list",
      key: "domain",
      max: 20,
      search: true,
      lookUp: true,
      column: true,
      group: "contact",
      item: { domain: { type: "domain", required: true } },
    },
    phones,
    addresses,
    industry: { type: "text", max: 120, sort: true, column: true, group: "basics" },
    size: { type: "integer", sort: true, group: "basics" },
    parentId: { type: "link", target: "companies", group: "relation" },
    lifecycleStage,
    keyCustomer,
    ownerId,
    tags,
    description,
    lastActivityAt,
  },
})

/** Where a lead came from: a record, so that costs can hang on it later. */
export const sources = defineEntity({
  name: "sources",
  singular: "source",
  title: "name",
  defaultSort: "name",
  transfer: true,
  duplicateKeys: ["name"],
  fields: {
    name: {
      type: "text",
      max: 120,
      required: true,
      search: true,
      lookUp: true,
      sort: true,
      column: true,
      group: "basics",
    },
  },
})

/** A shop, branch or site of the business which customers visit. */
export const locations = defineEntity({
  name: "locations",
  singular: "location",
  title: "name",
  defaultSort: "name",
  transfer: true,
  duplicateKeys: ["name"],
  fields: {
    name: {
      type: "text",
      max: 120,
      required: true,
      search: true,
      lookUp: true,
      sort: true,
      column: true,
      group: "basics",
    },
    addresses,
    phones,
  },
})
