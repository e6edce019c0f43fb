import { moneyIn } from "@regulars/contract/kernel/money.ts"
import { type Character, tell, type Workshop } from "./shop.ts"

const wanted = 42
/** What the shop sells to companies beside the counter: what it is about, and what it is worth in whole units. */
const offers = {
  office: [
    { about: "Breakfast for {company}", from: 900, to: 3200 },
    { about: "Beans for the kitchen of {company}", from: 600, to: 2600 },
    { about: "Coffee cart at the summer party of {company}", from: 450, to: 1400 },
    { about: "Two machines with service for {company}", from: 2800, to: 7400 },
    { about: "Client days at {company}", from: 350, to: 1100 },
  ],
  venue: [
    { about: "Bar for the season at {company}", from: 3000, to: 12_000 },
    { about: "Coffee at the opening night of {company}", from: 500, to: 1800 },
    { about: "House blend for {company}", from: 1200, to: 4800 },
  ],
} satisfies Record<string, { about: string; from: number; to: number }[]>
/** Days that a deal under way may have taken so far. */
const longest = 60
const rivals = ["Bean & Gone", "Machine rental of the caterer", "Filter from the canteen"]
const steps = {
  new: ["Call {first} back", "Find out how many they are"],
  qualified: ["Bring samples of the {bean}", "Have a look at the kitchen"],
  proposal: ["Ask {first} what they think of the offer", "Send the price for a year"],
  negotiation: ["Agree on the delivery days", "Ask about the deposit"],
}
type OpenStage = keyof typeof steps
const roles = ["Decides", "Orders", "Tastes"]

/** Deals with companies: most of the last two years closed, a dozen under way. */
export function makeDeals(workshop: Workshop, characters: readonly Character[]): void {
  const buyers = characters.filter(
    ({ role, company, since }) => (role === "office" || role === "venue") && company && since > longest,
  )
  for (let index = 0; index < wanted && buyers.length > 0; index++)
    workshop.shop.deals.push(makeDeal(workshop, buyers, index))
}

function makeDeal(workshop: Workshop, buyers: readonly Character[], index: number) {
  const { random, options, moment, dayAgo, sourceIds, siteIds } = workshop
  const isOpen = index % 3 === 0
  const buyer = random.pick(isOpen ? buyers : buyers.filter(({ since }) => since > 2 * longest))
  const offer = random.pick(offers[buyer.role as keyof typeof offers])
  const begun = isOpen ? random.between(4, longest) : random.between(longest + 10, buyer.since - 1)
  const took = isOpen ? random.between(0, Math.min(begun - 1, 20)) : random.between(6, longest)
  const course = isOpen ? underWay(workshop, buyer, took) : closed(workshop, begun - took)
  const colleague = buyers.find(({ id, company }) => id !== buyer.id && company?.id === buyer.company?.id)
  return {
    id: options.newId(),
    createdAt: moment(begun),
    values: {
      name: tell(offer.about, buyer, random),
      companyId: buyer.company?.id ?? null,
      people: [buyer, ...(colleague && random.chance(0.5) ? [colleague] : [])].map(({ id }, place) => ({
        personId: id,
        role: place === 0 ? roles[0] : random.pick(roles.slice(1)),
      })),
      ownerId: options.memberId,
      amount: moneyIn(random.between(offer.from / 50, offer.to / 50) * 50, options.currency),
      openedOn: dayAgo(begun),
      sourceId: random.pick(sourceIds),
      locationId: random.pick(siteIds),
      competitors: random.chance(0.3) ? [random.pick(rivals)] : [],
      ...course,
    },
  }
}
function underWay({ random, moment, dayAgo }: Workshop, buyer: Character, took: number) {
  const stage: OpenStage = random.weighted([
    ["new", 3],
    ["qualified", 4],
    ["proposal", 4],
    ["negotiation", 3],
  ])
  return {
    stage,
    stageSince: moment(took),
    expectedClose: dayAgo(-random.between(-4, 70)),
    nextStep: tell(random.pick(steps[stage]), buyer, random),
    category: random.pick(stage === "negotiation" ? ["commit", "best"] : ["best", "pipeline"]),
  }
}
function closed({ random, moment, dayAgo }: Workshop, ago: number) {
  const end = {
    closedOn: dayAgo(ago),
    expectedClose: dayAgo(ago + random.between(-12, 12)),
    stageSince: moment(ago),
  }
  if (random.chance(0.6))
    return {
      ...end,
      stage: "won",
      wonReason: random.pick(["quality", "relationship", "recommendation", "service"]),
    }
  return {
    ...end,
    stage: "lost",
    lostReason: random.pick(["price", "timing", "competitor", "noAnswer", "noNeed"]),
  }
}
