import { fold } from "@regulars/contract/kernel/fold.ts"
import type { Values } from "../../../kernel/records/columns.ts"
import type { Trade } from "./businesses.ts"
import type { Character, Workshop } from "./shop.ts"
import * as words from "./words.ts"

export type NameSupply = () => { given: string; family: string }
/** Names nobody else has; each given and each family name is used before one comes back. */
export function nameSupply({ random }: Workshop): NameSupply {
  const given = random.shuffled(words.givenNames)
  const family = random.shuffled(words.familyNames)
  let turn = 0
  return () => {
    const round = Math.floor(turn / given.length)
    const index = turn++ % given.length
    return { given: given[index]!, family: family[(index * 7 + round * 31) % family.length]! }
  }
}

/** First and latest moment in days ago, and how much happened between, by stage. */
function span(stage: string | null, isQuiet: boolean, { random }: Workshop) {
  const between = random.between
  if (isQuiet) return { since: between(300, 730), until: between(30, 58), weight: 0.9 + random.next() / 2 }
  if (stage === "regular")
    return { since: between(120, 730), until: between(0, 6), weight: 0.8 + random.next() }
  if (stage === "customer")
    return { since: between(40, 700), until: between(1, 45), weight: 0.15 + random.next() / 3 }
  if (stage === "lapsed")
    return { since: between(400, 730), until: between(95, 260), weight: 0.2 + random.next() / 3 }
  if (stage === "lost")
    return { since: between(450, 730), until: between(220, 420), weight: 0.1 + random.next() / 4 }
  if (stage === null)
    return { since: between(500, 730), until: between(0, 8), weight: 0.6 + random.next() / 2 }
  const since = between(5, 200)
  return { since, until: between(1, since), weight: 0.04 }
}

/** Somebody with a name, an address and a taste, and their record. */
export function cast(
  workshop: Workshop,
  names: NameSupply,
  part: {
    role: Trade | "guest"
    stage: string | null
    isQuiet?: boolean
    company?: { id: string; name: string }
  },
): Character {
  const { random, options, shop, siteIds, moment } = workshop
  const { given, family } = names()
  const site = random.weighted([
    [0, 5],
    [1, 3],
    [2, 4],
  ] as const)
  const { since, until, weight } = span(part.stage, part.isQuiet ?? false, workshop)
  const record = {
    id: options.newId(),
    // Some days before the first moment, which may move back to a working day.
    createdAt: moment(since + 4),
    values: {
      name: `${given} ${family}`,
      givenName: given,
      familyName: family,
      lifecycleStage: part.stage,
      locationId: siteIds[site]!,
      ...contact(workshop, given, family),
      birthday: birthday(workshop),
      consents: consents(workshop, since),
    } as Values,
  }
  shop.people.push(record)
  return {
    id: record.id,
    first: given,
    role: part.role,
    company: part.company ?? null,
    site: words.shops[site],
    drink: random.pick(words.drinks),
    food: random.pick(words.foods),
    bean: random.pick(words.beans),
    milk: random.pick(words.milks),
    seat: random.pick(words.seats),
    interest: random.pick(words.interests),
    stage: part.stage,
    since,
    until,
    weight: part.role === "guest" || part.stage === null ? weight : weight * 1.3 + 0.3,
    record,
  }
}

function contact(workshop: Workshop, given: string, family: string): Values {
  const { random } = workshop
  const hasEmail = random.chance(0.8)
  const hasPhone = !hasEmail || random.chance(0.55)
  const mailbox = `${plain(given)}.${plain(family)}@${random.pick(["mail", "post", "inbox"])}.example`
  // 07700 900000 to 900999 are kept free for stories like this one.
  const number = `+447700900${String(workshop.shop.people.length).padStart(3, "0")}`
  return {
    emails: hasEmail ? [{ address: mailbox, label: "private", preferred: true }] : [],
    phones: hasPhone ? [{ number, label: "mobile" }] : [],
    addresses: random.chance(0.4) ? [address(workshop, random.pick(["WX1", "WX2", "WX4"]))] : [],
    language: random.chance(0.07) ? random.pick(["es", "pl", "fr", "de"]) : "en",
    ...(random.chance(0.3) && { preferredChannel: hasEmail ? random.pick(["email", "inPerson"]) : "sms" }),
  }
}
export function address({ random }: Workshop, area: string): Values {
  const letters = "ABDEFGHJLNPQRSTUWXYZ"
  const tail = `${random.between(1, 9)}${letters[random.between(0, 19)]}${letters[random.between(0, 19)]}`
  return {
    street: `${random.between(1, 120)} ${random.pick(words.streets)}`,
    city: "Wexbridge",
    postalCode: `${area} ${tail}`,
    country: "GB",
  }
}
function birthday({ random }: Workshop): Values | null {
  if (!random.chance(0.45)) return null
  const day = { month: random.between(1, 12), day: random.between(1, 28) }
  return random.chance(0.6) ? { ...day, year: random.between(1948, 2006) } : day
}
function consents({ random, moment }: Workshop, since: number): Values[] {
  if (!random.chance(0.6)) return []
  const newsletter = {
    purpose: "newsletter",
    channel: "email",
    status: random.weighted([
      ["given", 8],
      ["withdrawn", 1],
      ["refused", 1],
    ]),
    basis: "consent",
    source: random.pick(["Card at the counter", "Website", "Barista evening"]),
    wording: "Yes, tell me about new coffees and evenings at Northside Coffee, about once a month.",
    at: moment(since),
  }
  return random.chance(0.2)
    ? [
        newsletter,
        { purpose: "surveys", channel: "email", status: "given", basis: "consent", at: moment(since) },
      ]
    : [newsletter]
}

/** Letters of a name as they stand in an address. */
export function plain(name: string): string {
  return fold(name).replaceAll(/[^a-z]/g, "")
}
