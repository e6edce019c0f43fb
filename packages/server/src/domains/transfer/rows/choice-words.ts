import type { EntityDeclaration } from "@regulars/contract/kernel/entity.ts"
import { VALUE_WORDS } from "../recognise/synonyms/declared.ts"
import { type Choices, choicesOf } from "../values/choices.ts"
import { choicesByLabel } from "./own-columns.ts"

/** The words a choice is known by: its value, its labels in every language, and what people also say. */
export function choiceWords(
  entity: EntityDeclaration,
  path: string,
  choices: readonly string[],
): Choices<string> {
  const said = Object.entries(VALUE_WORDS[`${entity.name}.${path}`] ?? {})
  return choicesOf([
    ...said.flatMap(([value, words]) => words.split(",").map((word) => [word, value] as const)),
    ...choicesByLabel(entity, path, choices),
    ...choices.map((choice) => [choice, choice] as const),
  ])
}
