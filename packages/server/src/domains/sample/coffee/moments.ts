import type { Trade } from "./businesses.ts"

export type Kind = "visit" | "call" | "meeting" | "message"
/** What one recorded moment may say. `{drink}` and the like are filled in for the person it is about. */
export interface Moment {
  kind: Kind
  direction?: "incoming" | "outgoing"
  text: string
  outcome?: string
  /** How often, beside the others of its list; 1 when absent. */
  weight?: number
}

const guest: Moment[] = [
  { kind: "visit", text: "{Drink}, as always.", weight: 14 },
  { kind: "visit", text: "{Drink} and {food}.", weight: 14 },
  { kind: "visit", text: "{Drink} to take away.", weight: 10 },
  { kind: "visit", text: "Two {drink}s, one of them for a friend.", weight: 4 },
  { kind: "visit", text: "{Drink}, stayed an hour with a laptop.", weight: 4 },
  { kind: "visit", text: "Bag of {bean}, ground for a cafetière.", weight: 4 },
  { kind: "visit", text: "Bag of {bean}, whole beans.", weight: 3 },
  { kind: "visit", text: "Tried the {food}; liked it.", weight: 3 },
  { kind: "visit", text: "{Drink}. Asked when the Winter Blend comes back.", weight: 2 },
  { kind: "visit", text: "{Drink} on the house: stamp card was full.", outcome: "Free coffee", weight: 3 },
  { kind: "visit", text: "Brought a colleague along, who took a stamp card.", weight: 1 },
  {
    kind: "visit",
    text: "{Drink} was not as it should be; made a new one and apologised.",
    outcome: "Put right",
    weight: 1,
  },
  { kind: "visit", text: "{Food} had run out. Promised to keep one tomorrow.", weight: 1 },
  { kind: "visit", text: "Asked about the barista evening; gave the leaflet.", weight: 1 },
  {
    kind: "message",
    direction: "incoming",
    text: "Asks whether the {shop} shop opens on the bank holiday.",
    outcome: "Answered",
  },
  {
    kind: "message",
    direction: "incoming",
    text: "Left an umbrella at {seat}; we kept it.",
    outcome: "Picked up",
  },
  { kind: "message", direction: "outgoing", text: "Told them that {bean} is back on the shelf." },
  { kind: "message", direction: "incoming", text: "Thanks for the birthday coffee, made their day." },
  {
    kind: "message",
    direction: "incoming",
    text: "Wants to know which beans suit a stovetop pot.",
    outcome: "Suggested {bean}",
  },
  {
    kind: "call",
    direction: "incoming",
    text: "Reserved a table for six on Saturday morning.",
    outcome: "Booked",
  },
  {
    kind: "call",
    direction: "outgoing",
    text: "Called about the forgotten scarf.",
    outcome: "Left a voicemail",
  },
]

const office: Moment[] = [
  {
    kind: "message",
    direction: "incoming",
    text: "Order for Thursday: coffee for {n}, a tray of pastries, two oat.",
    outcome: "Confirmed",
    weight: 8,
  },
  {
    kind: "message",
    direction: "outgoing",
    text: "Sent the offer for {n} people, with and without lunch.",
    weight: 4,
  },
  {
    kind: "message",
    direction: "incoming",
    text: "Number of guests went up to {n}; wants one vegan tray more.",
    weight: 4,
  },
  {
    kind: "message",
    direction: "outgoing",
    text: "Reminded them of last month’s invoice, friendly.",
    outcome: "Paid two days later",
    weight: 2,
  },
  {
    kind: "call",
    direction: "incoming",
    text: "Ordered {n} breakfasts for the team day.",
    outcome: "Order taken",
    weight: 6,
  },
  {
    kind: "call",
    direction: "outgoing",
    text: "Asked how the delivery went: all fine, a little less sugar next time.",
    outcome: "Happy",
    weight: 5,
  },
  {
    kind: "call",
    direction: "outgoing",
    text: "Tried to reach them about the standing order.",
    outcome: "No answer",
    weight: 3,
  },
  {
    kind: "call",
    direction: "incoming",
    text: "Delivery came twenty minutes late, guests were waiting.",
    outcome: "Ten per cent off the next order",
    weight: 1,
  },
  { kind: "visit", text: "Came by for a {drink} and settled next week’s order.", weight: 6 },
  { kind: "visit", text: "Picked up {n} sandwiches and a box of cinnamon buns.", weight: 4 },
  { kind: "visit", text: "Fetched two kilos of {bean} for the office machine.", weight: 5 },
  {
    kind: "meeting",
    text: "Tasted three blends for the office machine; {bean} won.",
    outcome: "Trial month",
    weight: 2,
  },
  {
    kind: "meeting",
    text: "Went through the year: {n} deliveries, two complaints, both settled.",
    outcome: "Goes on",
    weight: 2,
  },
]

const supplier: Moment[] = [
  {
    kind: "call",
    direction: "outgoing",
    text: "Ordered for the long weekend.",
    outcome: "Confirmed",
    weight: 5,
  },
  {
    kind: "call",
    direction: "incoming",
    text: "The van is late this morning, here by 7:45.",
    outcome: "Told all three shops",
    weight: 2,
  },
  {
    kind: "message",
    direction: "incoming",
    text: "New price list from the first of the month, about three per cent up.",
    weight: 2,
  },
  {
    kind: "message",
    direction: "outgoing",
    text: "Two crates were short today; asked for a credit note.",
    outcome: "Credited",
    weight: 3,
  },
  { kind: "message", direction: "outgoing", text: "Standing order changed: less on Mondays.", weight: 3 },
  { kind: "visit", text: "Brought samples of {bean} for the next season.", weight: 2 },
  {
    kind: "visit",
    text: "Serviced the machine at {shop}: new gaskets, pump is fine.",
    outcome: "Done",
    weight: 3,
  },
  {
    kind: "meeting",
    text: "Yearly talk about prices and volumes.",
    outcome: "Same terms, longer notice",
    weight: 1,
  },
  {
    kind: "meeting",
    text: "Cupping of four lots; took notes on each.",
    outcome: "Ordered two sacks",
    weight: 1,
  },
]

const venue: Moment[] = [
  {
    kind: "call",
    direction: "incoming",
    text: "Asks for the espresso cart, about {n} guests.",
    outcome: "Offer to follow",
    weight: 4,
  },
  {
    kind: "message",
    direction: "outgoing",
    text: "Sent the offer: cart, two baristas, four hours.",
    weight: 4,
  },
  {
    kind: "message",
    direction: "incoming",
    text: "Accepts the offer. Power is on the left of the stage.",
    outcome: "Booked",
    weight: 3,
  },
  {
    kind: "message",
    direction: "incoming",
    text: "Date moved by a week; same number of guests.",
    outcome: "Calendar changed",
    weight: 1,
  },
  {
    kind: "meeting",
    text: "Walked through the rooms: where the cart stands, where the water comes from.",
    outcome: "All clear",
    weight: 2,
  },
  {
    kind: "call",
    direction: "outgoing",
    text: "Asked how guests liked it. Very much.",
    outcome: "Book again",
    weight: 3,
  },
  { kind: "visit", text: "Dropped in with posters for the next evening; {drink} on us.", weight: 3 },
]

export const moments: Record<Trade | "guest", readonly Moment[]> = { guest, office, supplier, venue }
