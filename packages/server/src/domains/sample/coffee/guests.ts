import type { Values } from "../../../kernel/records/columns.ts"
import { cast, type NameSupply, plain } from "./characters.ts"
import type { Character, Workshop } from "./shop.ts"
import { officeSource } from "./words.ts"

/** 240 guests at the counter; with the people of the companies the shop knows about 300. */
const guestStages: readonly (readonly [string, number])[] = [
  ["subscriber", 22],
  ["lead", 18],
  ["customer", 85],
  ["regular", 80],
  ["lapsed", 27],
  ["lost", 8],
]
const guestTags = ["stamp card", "early bird", "works here", "dog", "vegan", "book club", "own cup", "family"]
/** Regulars who stayed away lately, for no reason anyone knows. */
const quietRegulars = 9

export function makeGuests(workshop: Workshop, names: NameSupply): Character[] {
  const { random } = workshop
  const stages = random.shuffled(
    guestStages.flatMap(([stage, count]) => Array.from({ length: count }, () => stage)),
  )
  let quiet = 0
  return stages.map((stage, index) => {
    const isQuiet = stage === "regular" && quiet < quietRegulars
    if (isQuiet) quiet += 1
    const character = cast(workshop, names, { role: "guest", stage, isQuiet })
    character.record.values = {
      ...character.record.values,
      ...guestDetails(workshop, character, index),
    }
    return character
  })
}

function guestDetails({ random, sourceIds, options }: Workshop, character: Character, index: number): Values {
  const isKnown = character.stage === "regular" || character.stage === "lapsed"
  const preferences: Record<string, string> = {}
  if (isKnown || random.chance(0.3)) preferences["usual order"] = `${character.drink}, ${character.milk}`
  if (isKnown && random.chance(0.5)) preferences.seat = character.seat
  if (random.chance(0.15)) preferences.allergies = random.pick(["nuts", "gluten", "lactose", "sesame"])
  const isKey = character.stage === "regular" && index % 4 === 0
  return {
    preferences,
    sourceId: random.pick(sourceIds.filter((_, source) => source !== officeSource)),
    tags: random.shuffled(guestTags).slice(0, random.between(0, isKnown ? 3 : 1)),
    ...(isKey && {
      keyCustomer: random.weighted([
        ["vip", 2],
        ["high", 3],
        ["medium", 3],
      ]),
      ownerId: options.memberId,
    }),
    ...(character.stage === "customer" && random.chance(0.08) && { keyCustomer: "potential" }),
    ...(random.chance(0.1) && { styleNote: "Short and cheerful; no exclamation marks." }),
    ...(random.chance(0.06) && {
      dates: [
        {
          label: "wedding anniversary",
          on: { month: random.between(1, 12), day: random.between(1, 28), year: random.between(1985, 2022) },
        },
      ],
    }),
    ...(random.chance(0.08) && {
      social: {
        instagram: `@${plain(character.first)}.${character.drink.replaceAll(/\W+/g, "")}${random.between(1, 99)}`,
      },
    }),
  }
}
