import { nameSupply } from "./characters.ts"
import { makeGuests } from "./guests.ts"
import { makeHistories } from "./histories.ts"
import { makeOrders } from "./orders.ts"
import { makeBirthdays, makeNotes, makeTasks } from "./plans.ts"
import { makeDeals } from "./sales.ts"
import { openWorkshop, type Shop, type ShopOptions } from "./shop.ts"
import { makeStaff } from "./staff.ts"

/**
 * Northside Coffee: three shops, 300 people and 25 companies with two years of history up to `now`.
 * Nothing but the arguments decides what comes out, apart from the ids that list entries get when stored.
 */
export function generateCoffee(options: ShopOptions): Shop {
  const workshop = openWorkshop(options)
  const names = nameSupply(workshop)
  const characters = [...makeStaff(workshop, names), ...makeGuests(workshop, names)]
  makeBirthdays(workshop, characters)
  makeHistories(workshop, characters)
  makeNotes(workshop, characters)
  makeTasks(workshop, characters)
  makeDeals(workshop, characters)
  makeOrders(workshop, characters)
  return workshop.shop
}
