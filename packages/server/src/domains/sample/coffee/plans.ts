import { type Character, tell, type Workshop } from "./shop.ts"
import { businessNotes, businessTasks, guestNotes, guestTasks, ownTasks } from "./texts.ts"

/** Days from today on which open tasks are due; before today means overdue, null means some day. */
const dueDays = [
  -12, -6, -4, -3, -1, -1, 0, 0, 0, 0, 0, 1, 1, 1, 2, 2, 3, 4, 4, 5, 6, 7, 9, 12, 15, 20, 26, 33,
]
const withoutDate = 6
const doneTasks = 110
/** Days somebody has to be known before there is a task about them. */
const settled = 60

/** What somebody noted down about people: one to three notes on those who are well known. */
export function makeNotes(workshop: Workshop, characters: readonly Character[]): void {
  const { random, options, shop, moment } = workshop
  for (const character of characters) {
    const isKnown = character.stage === "regular" || character.role !== "guest"
    const texts = character.role === "guest" ? guestNotes : businessNotes[character.role]
    const count = isKnown ? random.between(1, 3) : random.between(0, 1)
    for (const template of random.shuffled(texts).slice(0, count)) {
      const text = tell(template, character, random)
      shop.notes.push({
        id: options.newId(),
        createdAt: moment(random.between(character.until, character.since)),
        values: {
          body: { type: "doc", content: [{ type: "paragraph", content: [{ type: "text", text }] }] },
          text,
          about: aboutOf(character),
        },
      })
    }
  }
}

/** Tasks that were done, and those that wait: overdue, for today, for the weeks ahead. */
export function makeTasks(workshop: Workshop, characters: readonly Character[]): void {
  const { random, shop, options, dayAgo } = workshop
  const alive = characters.filter(
    ({ stage, since }) => stage !== "lost" && stage !== "subscriber" && since > settled,
  )
  const open = [...dueDays, ...Array.from({ length: withoutDate }, () => null)]
  for (const [index, days] of open.entries()) {
    const character = index % 6 === 5 ? undefined : random.pick(alive)
    const dueDate = days === null ? null : dayAgo(-days)
    shop.tasks.push({
      id: options.newId(),
      createdAt: workshop.moment(Math.max(1, -(days ?? 0)) + random.between(1, 20)),
      values: {
        ...wording(workshop, character, index),
        dueDate,
        ...(days === 0 && index % 2 === 0
          ? { dueTime: random.pick(["09:30", "11:00", "15:30"]), zone: options.zone }
          : {}),
        priority: random.weighted([
          ["normal", 6],
          ["high", 2],
          ["low", 1],
        ]),
        status: "open",
        assigneeId: options.memberId,
      },
    })
  }
  for (let index = 0; index < doneTasks; index++) shop.tasks.push(doneTask(workshop, random.pick(alive)))
}

function doneTask(workshop: Workshop, character: Character) {
  const { random, options, moment, dayAgo } = workshop
  const doneAgo = random.between(Math.max(1, character.until), character.since - 20)
  return {
    id: options.newId(),
    createdAt: moment(doneAgo + random.between(2, 15)),
    values: {
      ...wording(workshop, character, 0),
      dueDate: dayAgo(doneAgo - random.between(-2, 3)),
      priority: "normal",
      status: "done",
      doneAt: moment(doneAgo),
      assigneeId: options.memberId,
    },
  }
}

function wording(workshop: Workshop, character: Character | undefined, index: number) {
  const { random } = workshop
  if (!character) return { title: ownTasks[Math.floor(index / 6) % ownTasks.length]!, about: [] }
  const texts = character.role === "guest" ? guestTasks : businessTasks[character.role]
  return { title: tell(random.pick(texts), character, random), about: aboutOf(character) }
}
function aboutOf({ id, company }: Character) {
  return [{ type: "person", id }, ...(company ? [{ type: "company", id: company.id }] : [])]
}

/** Birthdays around today, so that there is somebody to congratulate, whenever the sample is loaded. */
export function makeBirthdays({ dayAgo, random }: Workshop, characters: readonly Character[]): void {
  const dear = characters.filter(({ stage, role }) => role === "guest" && stage === "regular")
  for (const [index, days] of [0, 1, 2, 3, 5, 6, 9, 13].entries()) {
    const [, month, day] = dayAgo(-days).split("-").map(Number)
    const year = index % 3 === 2 ? {} : { year: 1955 + random.between(0, 45) }
    // A 29 February of a year without one is nobody's birthday.
    if (dear[index])
      dear[index].record.values.birthday = { month, day, ...(month === 2 && day === 29 ? {} : year) }
  }
}
