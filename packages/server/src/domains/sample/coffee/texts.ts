import type { Trade } from "./businesses.ts"

/** Notes and tasks, with slots such as `{drink}` as in moments.ts. */
export const guestNotes = [
  "Usual order: {drink}, {milk}. Start it when you see them at the door.",
  "Likes {seat}. Reads the paper, doesn’t want to be rushed.",
  "Allergic to nuts: no {food} from the tray with almonds.",
  "Trains for a half marathon; comes straight from the run on Sundays.",
  "Prefers to be called by the first name.",
  "Asked twice about {bean}. Tell them when it is in.",
  "Two children, the younger one loves the foam with cocoa.",
  "Writes a blog about cafés in the county; was kind about us.",
  "Moved house, now closer to {shop}.",
  "Interested in {interest}; invite to the next evening.",
  "Lost the stamp card with seven stamps; wrote a new one.",
  "Works nights at the hospital: decaf after nine, please.",
  "Always brings the same green cup. Ten pence off.",
  "Would rather have a message than a call.",
  "Was unhappy about the noise of the grinder; seat them at the back.",
  "Speaks little English yet, loves to practise.",
]
export const businessNotes: Record<Trade, readonly string[]> = {
  office: [
    "Decides together with the finance lead; offers should name the price per head.",
    "Vegan tray for four in every order, even if nobody says so.",
    "Park in the yard, the lift is behind the second door.",
    "Budget year ends in March. Talk about the contract in January.",
    "Prefers a short call on Tuesday morning over long messages.",
    "Thinks about a machine of their own; show them {bean}.",
  ],
  supplier: [
    "Cut-off for changes is 14:00, really.",
    "Direct number of the driver is on the pinboard in the kitchen.",
    "Pays back short deliveries without discussion if told the same day.",
    "Next price round in spring; compare with two others before.",
  ],
  venue: [
    "Power: two sockets of 16 A, bring the long cable.",
    "Guests ask for decaf and oat far more than elsewhere.",
    "Wants the small cart in winter, it fits the foyer.",
    "Deposit of a third, rest within two weeks.",
  ],
}

export const guestTasks = [
  "Call {first} back about the table for Saturday",
  "Put a bag of {bean} aside for {first}",
  "Send {first} the dates of the barista evenings",
  "Ask {first} how the new grinder does",
  "Write {first} a card: stamp card number ten",
  "Thank {first} for the kind review",
  "Tell {first} that the lost umbrella is here",
]
export const businessTasks: Record<Trade, readonly string[]> = {
  office: [
    "Send {company} the offer for the summer party",
    "Ask {first} how Thursday’s delivery went",
    "Renew the standing order of {company}",
    "Bring {company} two samples for the office machine",
    "Remind {first} of the open invoice",
  ],
  supplier: [
    "Order from {company} for the long weekend",
    "Ask {first} for the new price list",
    "Check the credit note of {company}",
    "Book the yearly service with {company}",
  ],
  venue: [
    "Confirm the espresso cart with {first}",
    "Send {company} the offer for the autumn evenings",
    "Plan two baristas for {company}",
    "Ask {first} for photographs of the evening",
  ],
}
export const ownTasks = [
  "Count the stamp cards of all three shops",
  "Print the new price list",
  "Write the newsletter about the Winter Blend",
  "Look through guests who have not been here for two months",
  "Choose the date of the next barista evening",
  "Go through the feedback box with the team",
]
