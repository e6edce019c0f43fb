import type { Shot } from "./load.ts"

export interface Facts {
  personIds: string[]
  /** Others, for the limit: it writes rows without their history, which the product would stumble over. */
  limitIds: string[]
  names: string[]
  cursor: string
}
export interface Scenario {
  name: string
  /** Goal for the ratio of p50 to the limit's, from the issue that asked for it. */
  goal?: number
  /** How much of the names in `facts` somebody has typed; all when absent. */
  letters?: number
  shot: (facts: Facts, pick: <T>(values: readonly T[]) => T, count: number) => Shot
  /** Of the endpoint's statements, those that count as the limit; all when absent. */
  limit?: (statement: string) => boolean
}
const fields = [
  "name",
  "emails",
  "phones",
  "companyId",
  "lifecycleStage",
  "ownerId",
  "tags",
  "lastActivityAt",
]
const columns = fields.join(",")
const customers = { field: "lifecycleStage", op: "is", value: "customer" }
export const parameters = (values: Record<string, string>) => new URLSearchParams(values).toString()

/** The hot paths, as the web app and programs call them. */
export const scenarios: Scenario[] = [
  {
    name: "get a person",
    goal: 1.5,
    shot: ({ personIds }, pick) => ({ method: "GET", path: `/api/v1/people/${pick(personIds)}` }),
  },
  {
    name: "list of 50: filter, sort, count",
    goal: 1.5,
    shot: () => ({
      method: "GET",
      path: `/api/v1/people?${parameters({ filter: JSON.stringify(customers), sort: "name", count: "true", fields: columns })}`,
    }),
  },
  {
    name: "next page by keyset",
    goal: 1.5,
    shot: ({ cursor }) => ({
      method: "GET",
      path: `/api/v1/people?${parameters({ filter: JSON.stringify(customers), sort: "name", fields: columns, cursor })}`,
    }),
  },
  {
    name: "list by name substring",
    goal: 1.5,
    shot: ({ names }, pick) => ({
      method: "POST",
      path: "/api/v1/people/query",
      body: { filter: { field: "name", op: "contains", value: pick(names) }, fields, limit: 50 },
    }),
  },
  {
    name: "search everything",
    goal: 1.5,
    shot: ({ names }, pick) => ({ method: "GET", path: `/api/v1/search?${parameters({ q: pick(names) })}` }),
  },
  {
    name: "timeline of a person",
    goal: 1.5,
    shot: ({ personIds }, pick) => ({ method: "GET", path: `/api/v1/people/${pick(personIds)}/timeline` }),
  },
  {
    name: "create a person",
    goal: 3,
    shot: (_facts, _pick, count) => ({
      method: "POST",
      path: "/api/v1/people",
      body: {
        name: `Bench Person ${count}`,
        givenName: "Bench",
        familyName: `Person ${count}`,
        emails: [{ address: `bench-${process.pid}-${count}@example.com` }],
        lifecycleStage: "lead",
        tags: ["bench"],
      },
    }),
    limit: (statement) => /insert into "?people"?\b/.test(statement),
  },
  {
    name: "change a person",
    goal: 3,
    shot: ({ personIds }, pick, count) => ({
      method: "PATCH",
      path: `/api/v1/people/${pick(personIds)}`,
      body: { jobTitle: `Title ${count}` },
    }),
    limit: (statement) => /update "?people"?\b/.test(statement),
  },
  {
    name: "create 100 in a batch",
    shot: (_facts, _pick, count) => ({
      method: "POST",
      path: "/api/v1/people/batch",
      body: {
        rows: Array.from({ length: 100 }, (_, index) => ({
          name: `Batch ${count} ${index}`,
          emails: [{ address: `batch-${process.pid}-${count}-${index}@example.com` }],
        })),
      },
    }),
    limit: (statement) => /insert into "?people"?\b/.test(statement),
  },
]
