import { choiceLists } from "@regulars/contract/choice-lists.ts"
import { listedFields } from "@regulars/contract/kernel/choice-lists.ts"
import type { EntityDeclaration } from "@regulars/contract/kernel/entity.ts"
import { securityEvents, securityType } from "./audit/security-events.ts"
import type { DomainParts, EntityRules, Registry } from "./context.ts"
import { recordsErased } from "./records/erase.ts"

/** Joins what the domains declare. Throws on a name twice, rules or links to nothing, an event or job nobody declared. */
export function createRegistry(
  entities: readonly EntityDeclaration[],
  domains: readonly DomainParts[],
): Registry {
  const byName = unique(entities, (entity) => entity.name, "entity")
  const bySubject = unique(entities, (entity) => entity.singular, "subject type")
  const rules = new Map<string, EntityRules>()
  const events = new Set<string>([recordsErased, ...securityEvents.map(securityType)])
  for (const { singular, mergeable } of entities) {
    const facts = ["created", "updated", "removed", "restored", ...(mergeable ? ["merged", "unmerged"] : [])]
    for (const fact of facts) events.add(`${singular}.${fact}`)
  }
  for (const domain of domains) {
    for (const [name, entityRules] of Object.entries(domain.rules ?? {})) {
      if (!byName.has(name)) throw new Error(`Rules are given for the unknown entity "${name}"`)
      if (rules.has(name)) throw new Error(`Rules are given twice for "${name}"`)
      const { prepares = [], checks = [] } = entityRules
      for (const field of [...prepares, ...checks.flatMap(({ fields }) => fields)])
        if (!byName.get(name)?.fields[field])
          throw new Error(`Rules of "${name}" name the unknown field "${field}"`)
      rules.set(name, entityRules)
    }
    for (const event of domain.events ?? []) {
      if (events.has(event)) throw new Error(`The event "${event}" is declared twice`)
      events.add(event)
    }
  }
  const subscribers = domains.flatMap((domain) => domain.subscribers ?? [])
  unique(subscribers, (subscriber) => subscriber.name, "subscriber")
  for (const { name, events: wanted } of subscribers) {
    for (const event of wanted)
      if (!events.has(event)) throw new Error(`"${name}" waits for the undeclared event "${event}"`)
  }
  const jobs = unique(
    domains.flatMap((domain) => domain.jobs ?? []),
    (job) => job.name,
    "job",
  )
  const schedules = domains.flatMap((domain) => domain.schedules ?? [])
  for (const { job } of schedules)
    if (!jobs.has(job)) throw new Error(`The schedule names the unknown job "${job}"`)
  checkLinks(entities, byName)
  const references = unique(
    domains.flatMap((domain) => Object.entries(domain.references ?? {})),
    ([name]) => name,
    "reference",
  )
  const bulkActions = unique(
    domains.flatMap((domain) => Object.entries(domain.bulkActions ?? {})),
    ([name]) => name,
    "bulk action",
  )
  return {
    fieldsVersion: 0,
    computing: new Set(),
    choiceLists,
    entities,
    entity: (name) => byName.get(name),
    entityOfSubject: (singular) => bySubject.get(singular),
    rules: (name) => rules.get(name) ?? {},
    events,
    subscribers,
    jobs,
    schedules,
    bulkActions: new Map(bulkActions.values()),
    references: new Map(references.values()),
  }
}

function checkLinks(
  entities: readonly EntityDeclaration[],
  byName: ReadonlyMap<string, EntityDeclaration>,
): void {
  for (const entity of entities) {
    for (const [key, field] of Object.entries(entity.fields)) {
      const targets = field.type === "link" ? [field.target] : field.type === "links" ? field.targets : []
      for (const target of targets) {
        if (target !== "members" && !byName.has(target))
          throw new Error(`${entity.name}.${key} links to the unknown entity "${target}"`)
      }
    }
    for (const [key, list] of listedFields(entity))
      if (!(list in choiceLists)) throw new Error(`${entity.name}.${key} names the unknown list "${list}"`)
    for (const [name, relation] of Object.entries(entity.relations ?? {})) {
      if (!byName.get(relation.entity)?.fields[relation.field])
        throw new Error(`The relation ${entity.name}.${name} names an unknown field`)
    }
  }
}
function unique<T>(values: readonly T[], keyOf: (value: T) => string, what: string): Map<string, T> {
  const map = new Map<string, T>()
  for (const value of values) {
    if (map.has(keyOf(value))) throw new Error(`The ${what} "${keyOf(value)}" is declared twice`)
    map.set(keyOf(value), value)
  }
  return map
}
