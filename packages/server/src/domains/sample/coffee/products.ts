import { moneyIn } from "@regulars/contract/kernel/money.ts"
import type { Workshop } from "./shop.ts"
import { beans, drinks, foods } from "./words.ts"

/** Something on the price list, as orders take it. */
export interface Offer {
  id: string
  name: string
  unit: string
  /** In hundredths of the currency. */
  price: number
  cost: number
  taxRate: number
}
export interface PriceList {
  /** By the words in which the guests' tastes are told. */
  offers: ReadonlyMap<string, Offer>
  breakfast: Offer
  officeBeans: Offer
  delivery: Offer
}

interface Kind {
  category: string
  sku: string
  unit: string
  taxRate: number
  /** Prices of the names in turn. */
  prices: readonly number[]
  /** Cost as a share of the price. */
  costs: number
}
const drink: Kind = {
  category: "Drinks",
  sku: "D",
  unit: "cup",
  taxRate: 20,
  prices: [340, 330, 260, 350, 310, 290, 380, 360, 370, 240, 280, 390, 340, 230, 360],
  costs: 0.24,
}
const food: Kind = {
  category: "Food",
  sku: "F",
  unit: "piece",
  taxRate: 20,
  prices: [320, 310, 290, 280, 390, 300, 290, 340, 330, 420, 290, 180],
  costs: 0.38,
}
const bag: Kind = {
  category: "Beans",
  sku: "B",
  unit: "bag of 250 g",
  taxRate: 0,
  prices: [890, 890, 950, 1180, 1240, 990, 950, 1090],
  costs: 0.52,
}

/** The price list of the three shops: what guests drink and eat, beans to take home, and what offices have brought. */
export function makeProducts(workshop: Workshop): PriceList {
  const add = (name: string, kind: Kind, index: number): [string, Offer] => {
    const price = kind.prices[index % kind.prices.length] as number
    const { unit, taxRate } = kind
    const offer: Offer = {
      id: workshop.options.newId(),
      ...{ name: capital(name), unit, price, taxRate },
      cost: Math.round(price * kind.costs),
    }
    put(workshop, offer, { category: kind.category, sku: `${kind.sku}${String(index + 1).padStart(2, "0")}` })
    return [name, offer]
  }
  const offers = new Map([
    ...drinks.map((name, index) => add(name, drink, index)),
    ...foods.map((name, index) => add(name, food, index)),
    ...beans.map((name, index) => add(name, bag, index)),
  ])
  const special = (
    name: string,
    sku: string,
    [price, cost, taxRate]: readonly [number, number, number],
  ): Offer => {
    const offer = { id: workshop.options.newId(), name, unit: "piece", price, cost, taxRate }
    put(workshop, offer, { category: "For offices", sku })
    return offer
  }
  return {
    offers,
    breakfast: special("Breakfast box", "O01", [795, 340, 20]),
    officeBeans: special("Office beans, 1 kg", "O02", [2650, 1420, 0]),
    delivery: special("Delivery by cargo bike", "O03", [600, 350, 20]),
  }
}
function put(
  { options, shop, founded }: Workshop,
  offer: Offer,
  kind: { category: string; sku: string },
): void {
  const inMoney = (amount: number) => moneyIn(amount / 100, options.currency)
  const { id, name, unit, taxRate } = offer
  shop.products.push({
    id,
    createdAt: founded,
    values: { name, ...kind, unit, price: inMoney(offer.price), cost: inMoney(offer.cost), taxRate },
  })
}
function capital(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1)
}
