import { createRegistry } from "./registry.ts"

/** A field that was saved by somebody else and here, both from the same state. */
export interface Clash {
  field: string
  theirs: unknown
  yours: unknown
}
/** What stays: what they saved or what was typed here; undecided when the question was put away. */
export type Choice = "theirs" | "mine" | "undecided"
export interface Conflict {
  entity: string
  clashes: readonly Clash[]
  choose: (choice: Choice) => void
}
/** Questions waiting for an answer; one place of the app shows the first. */
export const conflicts = createRegistry<Conflict>()

/** Asks the person which of two values stays. */
export function askWhichStays(entity: string, clashes: readonly Clash[]): Promise<Choice> {
  return new Promise((resolve) => {
    const remove = conflicts.add({
      entity,
      clashes,
      choose(choice) {
        remove()
        resolve(choice)
      },
    })
  })
}
