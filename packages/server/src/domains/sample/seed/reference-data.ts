import { fold } from "@regulars/contract/kernel/fold.ts"
import type { Values } from "../../../kernel/records/columns.ts"
import { createRandom, type Random } from "../random.ts"
import { type NameTable, nameTables } from "./names.ts"
import * as phrases from "./phrases.ts"

export interface SeedSize {
  people: number
  activities: number
  companies: number
}
const seed = 1_000_003
const year = 365 * 24 * 60 * 60 * 1000
/** How far back the activities go, in milliseconds; people came within the year before that. */
const span = 3 * year

/** Who an activity is with, and when: `person` counts from 0, `at` is in milliseconds. */
export interface Turn {
  person: number
  at: number
}
/**
 * Every activity in the order of time, the same each time it is asked for. How much happens with somebody
 * follows Zipf's law, flattened at the top: of 100,000 people the best known has about one activity in 400.
 */
export function* turns({ people, activities }: SeedSize, now: number): Generator<Turn> {
  const random = createRandom(seed)
  const flat = Math.max(1, people / 2000)
  const step = span / activities
  const spread = spreadOf(people)
  for (let index = 0; index < activities; index++) {
    const rank = Math.floor(flat * ((people + flat) / flat) ** random.next() - flat)
    const at = now - span + (index + random.next()) * step
    yield { person: (Math.min(rank, people - 1) * spread + 17) % people, at: withinOpeningHours(at, now) }
  }
}
/** A stride that meets every person once, so that the best known do not stand side by side. */
function spreadOf(people: number): number {
  const primes = [7919, 6101, 5003, 3]
  return primes.find((prime) => people % prime !== 0) ?? 1
}
/** Squeezes a day into the hours from 7 to 19, keeping the order. */
function withinOpeningHours(at: number, now: number): number {
  const day = 24 * 60 * 60 * 1000
  const start = Math.floor(at / day) * day
  return Math.min(now, Math.round(start + (7 / 24) * day + (at - start) / 2))
}

/** What people are connected to: ids of records that exist already. */
export interface Surroundings {
  sourceIds: readonly string[]
  locationIds: readonly string[]
  ownerId: string | null
}

export function companyValues(index: number): Values {
  const random = createRandom(seed + 1 + index)
  const table = chooseTable(random)
  const family = random.pick(table.family)
  const [word, industry] = random.pick(phrases.trades)
  return {
    name: `${word} ${family} ${random.pick(phrases.legalForms)}`,
    domains: [{ domain: `company-${index}.example` }],
    phones: [{ number: phoneNumber(4_000_000 + index), label: "office" }],
    addresses: [addressIn(random, table)],
    industry,
    size: Math.ceil(2 ** (random.next() * 10)),
    lifecycleStage: random.pick(["customer", "regular", "qualified", "lead"]),
    tags: drawTags(random),
  }
}
/** Which of so many companies somebody works at; undefined for most people. A few employ many. */
export function companyOf(person: number, companies: number): number | undefined {
  const random = createRandom(seed * 5 + person)
  return companies > 0 && random.chance(0.35) ? Math.floor(companies * random.next() ** 2) : undefined
}

export function personValues(index: number, around: Surroundings, companyId: string | undefined): Values {
  const random = createRandom(seed * 3 + index)
  const table = chooseTable(random)
  const given = random.pick(table.given)
  const family = random.pick(table.family)
  const title = random.pick([
    "Buyer",
    "Owner",
    "Geschäftsführerin",
    "Assistant",
    "Jefe de compras",
    "Engineer",
  ])
  return {
    name: table.familyFirst ? `${family}${given}` : `${given} ${family}`,
    givenName: given,
    familyName: family,
    emails: random.chance(0.85) ? [{ address: addressOf(given, family, index), preferred: true }] : [],
    phones: random.chance(0.6) ? [{ number: phoneNumber(index), label: "mobile" }] : [],
    addresses: random.chance(0.7) ? [addressIn(random, table)] : [],
    ...(companyId && { companyId, jobTitle: title, employments: [{ companyId, title, current: true }] }),
    lifecycleStage: random.weighted([
      ["subscriber", 15],
      ["lead", 12],
      ["qualified", 5],
      ["customer", 36],
      ["regular", 18],
      ["lapsed", 11],
      ["lost", 3],
    ]),
    keyCustomer: random.chance(0.03) ? random.pick(["vip", "high", "medium", "low", "potential"]) : null,
    sourceId: random.pick(around.sourceIds),
    locationId: random.pick(around.locationIds),
    ownerId: random.chance(0.1) ? around.ownerId : null,
    tags: drawTags(random),
    birthday: random.chance(0.4)
      ? { month: random.between(1, 12), day: random.between(1, 28), year: random.between(1940, 2007) }
      : null,
    language: table.language,
    preferences: random.chance(0.2) ? { colour: random.pick(["blue", "oak", "grey", "red", "natural"]) } : {},
    consents: random.chance(0.5)
      ? [{ purpose: "newsletter", channel: "email", status: random.pick(["given", "given", "refused"]) }]
      : [],
  }
}
/** When somebody came to be known: in the year before the first activity. */
export function personSince(index: number, now: number): string {
  return new Date(now - span - createRandom(seed + 5 + index).next() * year).toISOString()
}

export function activityValues(index: number, { at }: Turn, personId: string): Values {
  const random = createRandom(seed * 7 + index)
  const kind = random.weighted([
    ["visit", 40],
    ["message", 30],
    ["call", 24],
    ["meeting", 6],
  ])
  const text = `${random.pick(phrases.openings)} ${random.pick(phrases.subjects)}. ${random.pick(phrases.endings)}`
  return {
    kind,
    direction: kind === "call" || kind === "message" ? random.pick(["incoming", "outgoing"]) : null,
    occurredAt: new Date(at).toISOString(),
    minutes: kind === "call" || kind === "meeting" ? random.between(1, 60) : null,
    outcome: kind === "call" ? random.pick(phrases.outcomes) : null,
    text: random.chance(0.7) ? text.trim() : null,
    about: [{ type: "person", id: personId }],
  }
}

function chooseTable(random: Random): NameTable {
  return random.weighted(nameTables.map((table) => [table, table.share] as const))
}
function addressOf(given: string, family: string, index: number): string {
  const letters = fold(`${given}.${family}`).replaceAll(/[^a-z.]/g, "")
  return `${letters.replaceAll(/^\.+|\.+$/g, "") || "person"}.${index}@mail.example`
}
/** American numbers of the exchange 555, which nobody has; seven million of them. */
function phoneNumber(index: number): string {
  return `+1${201 + Math.floor(index / 10_000)}555${String(index % 10_000).padStart(4, "0")}`
}
function addressIn(random: Random, { cities, country }: NameTable): Values {
  const [, city, postalCode] = /^(.+?) (\S*\d.*|\S+)$/u.exec(random.pick(cities)) as RegExpExecArray
  return {
    street: `${random.pick(phrases.streetNames)} ${random.between(1, 180)}`,
    city,
    postalCode,
    country,
  }
}
/** Few tags on most, the first of the list far more often than the last. */
function drawTags(random: Random): string[] {
  const count = random.weighted([
    [0, 5],
    [1, 3],
    [2, 2],
    [4, 1],
  ])
  const found = Array.from(
    { length: count },
    () => phrases.tags[Math.floor(phrases.tags.length * random.next() ** 2)]!,
  )
  return [...new Set(found)]
}
