import type { Member } from "@regulars/contract/domains/workspace.endpoints.ts"
import type { Field } from "@regulars/contract/kernel/fields.ts"
import { QueryClient } from "@tanstack/react-query"
import { keys } from "../../lib/query.ts"

const ana = "01890000-0000-7000-8000-000000000001"
const bakery = "01890000-0000-7000-8000-000000000002"
const carl = "01890000-0000-7000-8000-000000000003"

const member: Member = {
  id: ana,
  userId: ana,
  name: "Ana Rossi",
  email: "ana@example.com",
  role: "owner",
  roleId: null,
  language: null,
  timeZone: null,
  theme: "system",
  active: true,
  lastSeenAt: null,
  createdAt: "2026-01-05T09:00:00Z",
}

/** A cache that answers for a few invented records, so that the kit needs no server. */
export function kitClient(): QueryClient {
  const client = new QueryClient({
    defaultOptions: { queries: { staleTime: Number.POSITIVE_INFINITY, retry: false } },
  })
  client.setQueryData(keys.members, [member, { ...member, id: carl, name: "Carl Åström" }])
  client.setQueryData(keys.name("companies", bakery), "Corner Bakery Ltd")
  client.setQueryData(keys.name("people", carl), "Carl Åström")
  return client
}

/** One value of every declared type, with the field that declares it. */
export const samples: { entity: string; key: string; field: Field; value: unknown }[] = [
  {
    entity: "people",
    key: "name",
    field: { type: "text", required: true, max: 300 },
    value: "Josefa García Ñandú",
  },
  {
    entity: "people",
    key: "description",
    field: { type: "longText" },
    value: "Comes every Saturday.\nLikes the corner table, and never coffee after noon.",
  },
  {
    entity: "people",
    key: "lifecycleStage",
    field: choice("subscriber", "lead", "customer", "regular", "lapsed", "lost"),
    value: "regular",
  },
  {
    entity: "people",
    key: "keyCustomer",
    field: choice("vip", "high", "medium", "low", "potential"),
    value: "vip",
  },
  { entity: "people", key: "ownerId", field: { type: "link", target: "members" }, value: ana },
  { entity: "people", key: "companyId", field: { type: "link", target: "companies" }, value: bakery },
  {
    entity: "tasks",
    key: "about",
    field: { type: "links", targets: ["people", "companies"] },
    value: [
      { type: "person", id: carl },
      { type: "company", id: bakery },
    ],
  },
  {
    entity: "people",
    key: "tags",
    field: { type: "tags" },
    value: ["wholesale", "gluten free", "Saturday", "allergy: nuts", "pays cash"],
  },
  {
    entity: "people",
    key: "preferences",
    field: { type: "map" },
    value: { "Usual order": "Two rye loaves", Milk: "Oat" },
  },
  {
    entity: "people",
    key: "birthday",
    field: { type: "monthDay" },
    value: { month: 2, day: 29, year: null },
  },
  {
    entity: "people",
    key: "emails",
    field: {
      type: "list",
      key: "address",
      item: {
        address: { type: "email", required: true },
        label: { type: "text", max: 40 },
        preferred: { type: "boolean" },
      },
    },
    value: [
      { id: "e1", address: "josefa@example.com", label: "Work", preferred: true },
      {
        id: "e2",
        address: "a-rather-long-address.of.josefa@mail.example.org",
        label: "Home",
        preferred: false,
      },
    ],
  },
  {
    entity: "people",
    key: "phones",
    field: {
      type: "list",
      key: "number",
      item: {
        number: { type: "phone" },
        raw: { type: "text", max: 60 },
        label: { type: "text", max: 40 },
        preferred: { type: "boolean" },
      },
    },
    value: [{ id: "p1", number: "+49301234567", raw: "030 1234567", label: "Mobile", preferred: true }],
  },
  {
    entity: "people",
    key: "addresses",
    field: {
      type: "list",
      key: "street",
      item: {
        label: { type: "text", max: 40 },
        street: { type: "text", max: 300 },
        postalCode: { type: "text", max: 30 },
        city: { type: "text", max: 120 },
        region: { type: "text", max: 120 },
        country: { type: "country" },
      },
    },
    value: [
      {
        id: "a1",
        label: "Home",
        street: "Hauptstraße 5",
        postalCode: "10115",
        city: "Berlin",
        region: null,
        country: "DE",
      },
    ],
  },
  { entity: "companies", key: "size", field: { type: "integer" }, value: 1204 },
  { entity: "tasks", key: "dueDate", field: { type: "date" }, value: "2026-12-24" },
  { entity: "tasks", key: "dueTime", field: { type: "time" }, value: "14:30" },
  {
    entity: "activities",
    key: "occurredAt",
    field: { type: "dateTime", required: true },
    value: new Date(Date.now() - 7_200_000).toISOString(),
  },
  { entity: "people", key: "language", field: { type: "language" }, value: "pt-BR" },
  { entity: "tasks", key: "zone", field: { type: "zone" }, value: "America/New_York" },
  { entity: "people", key: "salutation", field: { type: "text", max: 60 }, value: null },
  {
    entity: "notes",
    key: "body",
    field: { type: "richText" },
    value: {
      type: "doc",
      content: [
        {
          type: "paragraph",
          content: [
            { type: "text", text: "Wants a " },
            { type: "text", text: "three-tier", marks: [{ type: "bold" }] },
            { type: "text", text: " cake." },
          ],
        },
        {
          type: "bulletList",
          content: [
            {
              type: "listItem",
              content: [{ type: "paragraph", content: [{ type: "text", text: "no nuts" }] }],
            },
          ],
        },
      ],
    },
  },
]
function choice(...choices: string[]): Field {
  return { type: "choice", choices }
}
