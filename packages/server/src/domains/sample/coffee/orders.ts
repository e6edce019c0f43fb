import type { Values } from "../../../kernel/records/columns.ts"
import { makeProducts, type Offer, type PriceList } from "./products.ts"
import type { Character, Workshop } from "./shop.ts"
import { shops } from "./words.ts"

/** Orders of all guests together, and days between two of an office. */
const wanted = 3600
const officeDays = 14
/** Offices pay so many days later. */
const daysToPay = 30

/** Two years of what everybody bought: guests by their tastes and as often as they come, offices every other week. */
export function makeOrders(workshop: Workshop, characters: readonly Character[]): void {
  const list = makeProducts(workshop)
  const { orders } = workshop.shop
  const guests = characters.filter(({ role }) => role === "guest")
  const share = wanted / guests.reduce((sum, { weight }) => sum + weight, 0)
  for (const guest of guests) {
    const count = Math.max(1, Math.round(guest.weight * share))
    for (let turn = 0; turn < count; turn++) orders.push(guestOrder(workshop, list, guest, turn / count))
  }
  for (const contact of officeContacts(characters))
    for (let ago = contact.until + 1; ago <= contact.since; ago += officeDays)
      orders.push(officeOrder(workshop, list, contact, ago))
  orders.sort((a, b) => (a.createdAt! < b.createdAt! ? -1 : 1))
  for (const [index, order] of orders.entries()) order.values.number = `N-${1001 + index}`
}

/** One for each office: whoever the shop has dealt with longest. */
function officeContacts(characters: readonly Character[]): Character[] {
  const byOffice = Map.groupBy(
    characters.filter(({ role, company }) => role === "office" && company),
    ({ company }) => company?.id,
  )
  return [...byOffice.values()].map((people) => people.toSorted((a, b) => b.since - a.since)[0] as Character)
}

function guestOrder(workshop: Workshop, list: PriceList, guest: Character, position: number) {
  const { random, options, moment } = workshop
  const { since, until } = guest
  const drift = Math.min(1, position + random.next() * 0.02)
  const at = moment(position === 0 ? until : Math.min(since, until + Math.round((since - until) * drift)))
  const lines = guestLines(workshop, list, guest)
  return {
    id: options.newId(),
    createdAt: at,
    values: {
      ...shared(workshop, guest, at),
      personId: guest.id,
      status: "fulfilled",
      channel: random.weighted([
        ["counter", 7],
        ["table", 3],
      ]),
      pricesIncludeTax: true,
      lines,
      payments: [{ amount: amount(sumOf(lines)), method: random.chance(0.8) ? "card" : "cash", at }],
    } as Values,
  }
}
interface SoldLine extends Values {
  quantity: string
  unitPrice: string
}
function guestLines({ random }: Workshop, list: PriceList, guest: Character): SoldLine[] {
  const take = (word: string) => list.offers.get(word) as Offer
  const drinks = [...list.offers.keys()].slice(0, 15)
  const lines: SoldLine[] = []
  const drink = random.chance(0.82) ? guest.drink : random.pick(drinks)
  const cup = line(take(drink), random.chance(0.12) ? 2 : 1)
  if (!random.chance(0.06))
    lines.push(guest.milk === "no milk" ? cup : { ...cup, variant: `${guest.milk} milk` })
  if (random.chance(0.36)) lines.push(line(take(guest.food), random.chance(0.1) ? 2 : 1))
  if (lines.length === 0 || random.chance(0.07))
    lines.push(line(take(guest.bean), random.chance(0.15) ? 2 : 1))
  return lines
}

function officeOrder(workshop: Workshop, list: PriceList, contact: Character, ago: number) {
  const { random, options, moment } = workshop
  const at = moment(ago, { from: 8, to: 11 })
  const boxes = random.between(6, 24)
  const lines = [line(list.breakfast, boxes), line(list.delivery, 1)]
  if (random.chance(0.5)) lines.splice(1, 0, line(list.officeBeans, random.between(1, 4)))
  const isPaid = ago > daysToPay
  return {
    id: options.newId(),
    createdAt: at,
    values: {
      ...shared(workshop, contact, at),
      personId: contact.id,
      companyId: contact.company?.id,
      ownerId: options.memberId,
      status: isPaid ? "paid" : "fulfilled",
      channel: "delivery",
      pricesIncludeTax: false,
      lines,
    } as Values,
  }
}
function shared({ options, siteIds }: Workshop, { site }: Character, at: string): Values {
  return { orderedAt: at, currency: options.currency, locationId: siteIds[shops.indexOf(site)] }
}
function line({ id, name, unit, price, cost, taxRate }: Offer, quantity: number): SoldLine {
  return {
    productId: id,
    name,
    unit,
    quantity: String(quantity),
    unitPrice: amount(price),
    unitCost: amount(cost),
    taxRate: String(taxRate),
  }
}
/** Hundredths as text: 340 is "3.4". */
function amount(hundredths: number): string {
  return String(hundredths / 100)
}
function sumOf(lines: readonly SoldLine[]): number {
  return Math.round(
    lines.reduce((sum, each) => sum + Number(each.quantity) * Number(each.unitPrice) * 100, 0),
  )
}
