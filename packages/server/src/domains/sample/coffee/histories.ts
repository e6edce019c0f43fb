import { type Moment, moments } from "./moments.ts"
import { type Character, tell, type Workshop } from "./shop.ts"

/** Calls, visits, meetings and messages on record, of everybody together. */
const wanted = 6000
const officeHours = { from: 8, to: 16 }

/** Two years of moments with everybody, oldest first. */
export function makeHistories(workshop: Workshop, characters: readonly Character[]): void {
  const share = wanted / characters.reduce((sum, { weight }) => sum + weight, 0)
  const { activities } = workshop.shop
  for (const character of characters) {
    const count = Math.round(character.weight * share)
    for (let turn = 0; turn < count; turn++)
      activities.push(makeActivity(workshop, character, daysAgo(workshop, character, turn / count)))
  }
  activities.sort((a, b) => (a.createdAt! < b.createdAt! ? -1 : 1))
}

/** The first turn is the latest day; the others spread back to the day they came to be known. */
function daysAgo({ random }: Workshop, { since, until }: Character, position: number): number {
  if (position === 0) return until
  return Math.min(since, until + Math.round((since - until) * Math.min(1, position + random.next() * 0.02)))
}

function makeActivity(workshop: Workshop, character: Character, ago: number) {
  const { random, options, moment } = workshop
  const isGuest = character.role === "guest"
  const told = chooseMoment(workshop, moments[character.role])
  const at = isGuest ? moment(ago) : moment(toWeekday(workshop, ago), officeHours)
  return {
    id: options.newId(),
    createdAt: at,
    values: {
      kind: told.kind,
      direction: told.direction ?? null,
      occurredAt: at,
      minutes: minutesOf(workshop, told),
      outcome: told.outcome ? tell(told.outcome, character, random) : null,
      text: tell(told.text, character, random),
      about: [
        { type: "person", id: character.id },
        ...(character.company ? [{ type: "company", id: character.company.id }] : []),
      ],
    },
  }
}
function chooseMoment({ random }: Workshop, list: readonly Moment[]): Moment {
  return random.weighted(list.map((told) => [told, told.weight ?? 1] as const))
}
function minutesOf({ random }: Workshop, { kind }: Moment): number | null {
  if (kind === "call") return random.between(1, 14)
  return kind === "meeting" ? random.between(2, 6) * 15 : null
}
/** Offices are closed at weekends: what falls there happened on the Friday before. */
function toWeekday({ dayAgo }: Workshop, ago: number): number {
  const weekday = new Date(dayAgo(ago)).getUTCDay()
  return ago + (weekday === 6 ? 1 : weekday === 0 ? 2 : 0)
}
