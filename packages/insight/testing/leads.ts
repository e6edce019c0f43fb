import { randomNumbers } from "../src/matching/random.ts"
import type { Example, Feature } from "../src/scoring/features.ts"
import { likelihood } from "../src/scoring/logistic.ts"

export const leadFeatures: Feature[] = [
  { key: "employees", kind: "number" },
  { key: "source", kind: "choice" },
  { key: "newsletter", kind: "boolean" },
  { key: "tags", kind: "tags" },
  { key: "lastVisit", kind: "date" },
  { key: "colour", kind: "choice" },
]

/** What each value adds to the log odds of an invented lead. */
export const truth = {
  /** Up to 100 employees each counts, beyond that no more. */
  employees: (employees: number | null) => (employees === null ? -0.5 : 0.02 * Math.min(employees, 100)),
  source: { referral: 1.2, fair: 0.4, advert: -0.6, web: 0 } as Record<string, number>,
  newsletter: 0.8,
  tags: { tasting: 0.9, reseller: -0.7 } as Record<string, number>,
  perDaySinceVisit: -0.02,
}
const start = Date.UTC(2025, 0, 1)
const day = 86_400_000

/** Leads of some 700 days whose chance is known, the same for the same seed. Their colour says nothing. */
export function inventLeads(count: number, seed: number): (Example & { chance: number })[] {
  const random = randomNumbers(seed)
  const pick = <T>(items: readonly T[]) => items[Math.floor(random() * items.length)] as T
  return Array.from({ length: count }, (_, index) => {
    const at = start + (index * 700 * day) / count
    const employees = random() < 0.15 ? null : Math.round(200 * random())
    const source = pick(Object.keys(truth.source))
    const newsletter = random() < 0.3
    const tags = Object.keys(truth.tags).filter(() => random() < 0.2)
    const days = 90 * random()
    const logOdds =
      -2.6 +
      truth.employees(employees) +
      (truth.source[source] as number) +
      (newsletter ? truth.newsletter : 0) +
      tags.reduce((sum, tag) => sum + (truth.tags[tag] as number), 0) +
      truth.perDaySinceVisit * days
    const chance = likelihood(logOdds)
    const lastVisit = new Date(at - days * day).toISOString()
    return {
      values: { employees, source, newsletter, tags, lastVisit, colour: pick(["red", "green", "blue"]) },
      at,
      outcome: random() < chance,
      chance,
    }
  })
}
