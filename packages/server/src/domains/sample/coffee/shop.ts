import type { NewRecord } from "../../../kernel/records/insert.ts"
import { addDays, dayIn, instantOf } from "../../../kernel/time.ts"
import { createRandom, type Random } from "../random.ts"
import type { Trade } from "./businesses.ts"
import { shops as sites, sourceNames } from "./words.ts"

export interface ShopOptions {
  /** The shop's history ends here. */
  now: Date
  /** Zone in which opening hours are meant. */
  zone: string
  /** Makes the id of the next record. */
  newId: () => string
  /** Who looks after key customers and has the open tasks; null: nobody. */
  memberId: string | null
  /** What amounts of money are in. */
  currency: string
}
export const sampleEntities = [
  "sources",
  "locations",
  "companies",
  "people",
  "activities",
  "notes",
  "tasks",
  "deals",
  "products",
  "orders",
] as const
export type SampleEntity = (typeof sampleEntities)[number]
/** Everything of the shop, in an order in which links point backwards. */
export type Shop = Record<SampleEntity, NewRecord[]>

/** Somebody the shop knows, as the stories about them need it. */
export interface Character {
  id: string
  first: string
  role: Trade | "guest"
  company: { id: string; name: string } | null
  site: (typeof sites)[number]
  drink: string
  food: string
  bean: string
  milk: string
  seat: string
  interest: string
  stage: string | null
  /** Days ago of the first and of the latest moment on record. */
  since: number
  until: number
  /** How much happens with them, beside others. */
  weight: number
  record: NewRecord
}

/** What all parts of the generator share. */
export interface Workshop {
  random: Random
  options: ShopOptions
  today: string
  shop: Shop
  sourceIds: string[]
  siteIds: string[]
  /** The first moment of all. */
  founded: string
  /** Any moment of a day that many days ago, within opening hours; never after now. */
  moment(daysAgo: number, hours?: { from: number; to: number }): string
  dayAgo(days: number): string
}

const seed = 20_260_318
const openingHours = { from: 7, to: 17 }
const longAgo = 760

export function openWorkshop(options: ShopOptions): Workshop {
  const { now, zone, newId } = options
  const random = createRandom(seed)
  const today = dayIn(zone, now)
  const dayAgo = (days: number) => addDays(today, -days)
  const moment = (daysAgo: number, hours = openingHours): string => {
    const minute = random.between(hours.from * 60, hours.to * 60 + 45)
    const time = `${String(Math.floor(minute / 60)).padStart(2, "0")}:${String(minute % 60).padStart(2, "0")}`
    const instant = instantOf(dayAgo(daysAgo), time, zone)
    return (instant > now ? instantOf(dayAgo(daysAgo + 1), time, zone) : instant).toISOString()
  }
  const founded = moment(longAgo)
  const sources = sourceNames.map((name) => ({ id: newId(), createdAt: founded, values: { name } }))
  const locations = sites.map(({ name, street, postalCode, phone }) => ({
    id: newId(),
    createdAt: founded,
    values: {
      name,
      addresses: [{ street, city: "Wexbridge", postalCode, country: "GB" }],
      phones: [{ number: phone, label: "shop" }],
    },
  }))
  return {
    random,
    options,
    today,
    shop: {
      sources,
      locations,
      companies: [],
      people: [],
      activities: [],
      notes: [],
      tasks: [],
      deals: [],
      products: [],
      orders: [],
    },
    sourceIds: sources.map(({ id }) => id),
    siteIds: locations.map(({ id }) => id),
    founded,
    moment,
    dayAgo,
  }
}

/** Fills `{drink}` and the like in; a capital letter in the slot gives one in the text. */
export function tell(text: string, character: Character, random: Random): string {
  const { first, drink, food, bean, milk, seat, interest, site, company } = character
  const values: Record<string, string> = {
    first,
    drink,
    food,
    bean,
    milk: milk === "no milk" ? milk : `${milk} milk`,
    seat,
    interest,
    shop: site.name,
    company: company?.name ?? "",
    n: String(random.between(8, 60)),
  }
  return text.replace(/\{(\w+)\}/g, (_, slot: string) => {
    const value = values[slot.toLowerCase()] ?? ""
    return /^[A-Z]/.test(slot) ? value.charAt(0).toUpperCase() + value.slice(1) : value
  })
}
