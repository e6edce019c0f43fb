import { parameters, type Scenario } from "./scenarios.ts"

const columns = "name,emails,phones,companyId,lifecycleStage,ownerId,tags,lastActivityAt"
function list(entity: "people" | "companies", filter: object, fields: string): Scenario["shot"] {
  const query = parameters({ filter: JSON.stringify(filter), sort: "name", count: "true", fields })
  return () => ({ method: "GET", path: `/api/v1/${entity}?${query}` })
}
const is = (field: string, value: string) => ({ field, op: "is", value })

/** Views with three conditions on relations each, as their tabs open them. */
export const viewScenarios: Scenario[] = [
  {
    name: "people: some company, some activity, no task",
    goal: 1.5,
    shot: list(
      "people",
      {
        all: [
          { related: "companyId", some: { field: "size", op: "atLeast", value: 100 } },
          { related: "activities", some: is("kind", "meeting") },
          { related: "tasks", none: is("status", "open") },
        ],
      },
      columns,
    ),
  },
  {
    name: "people: any of company, activity, task",
    goal: 1.5,
    shot: list(
      "people",
      {
        any: [
          { related: "companyId", some: is("lifecycleStage", "lead") },
          { related: "activities", some: { field: "minutes", op: "atLeast", value: 55 } },
          { related: "tasks", some: is("status", "open") },
        ],
      },
      columns,
    ),
  },
  {
    name: "companies: some person, no person, every person",
    goal: 1.5,
    shot: list(
      "companies",
      {
        all: [
          { related: "people", some: is("lifecycleStage", "customer") },
          { related: "people", none: is("lifecycleStage", "lost") },
          { related: "people", every: { field: "emails", op: "isNotEmpty" } },
        ],
      },
      "name,domains,phones,lifecycleStage,ownerId,tags,lastActivityAt",
    ),
  },
]

/** What the palette asks for while somebody types: kinds of records that have a page, the first twelve. */
function found(q: string): ReturnType<Scenario["shot"]> {
  const query = { q, types: "people,companies,tasks", limit: "12" }
  return { method: "GET", path: `/api/v1/search?${parameters(query)}` }
}
const typing: Scenario["shot"] = ({ names }, pick) => found(pick(names))

export const paletteScenarios: Scenario[] = [
  { name: "palette: two letters", goal: 1.5, shot: () => found("ma") },
  { name: "palette: four letters of a name", goal: 1.5, letters: 4, shot: typing },
  { name: "palette: a name", goal: 1.5, shot: typing },
]
