import type { Field, ItemField } from "@regulars/contract/kernel/fields.ts"
import type { Icon } from "../../lib/commands.ts"
import type { Meaning } from "../chip.tsx"

export interface ChoiceLook {
  icon?: Icon
  meaning?: Meaning
}
const meanings: Record<string, Meaning> = {
  red: "late",
  amber: "soon",
  green: "good",
  blue: "info",
  teal: "accent",
}
const looks = new Map<string, ChoiceLook>()

/** Gives choices of a field (by its key, whatever the entity) an icon or a colour of meaning beside their word. */
export function registerChoiceLooks(fieldKey: string, byChoice: Record<string, ChoiceLook>): void {
  for (const [choice, look] of Object.entries(byChoice)) looks.set(`${fieldKey}.${choice}`, look)
}
/** A choice of an own field wears the colour the workspace gave it. */
export function choiceLook(fieldKey: string, choice: string, field?: Field | ItemField): ChoiceLook {
  const color = field && "choiceColors" in field ? field.choiceColors?.[choice] : undefined
  const meaning = color && meanings[color]
  return meaning ? { meaning } : (looks.get(`${fieldKey}.${choice}`) ?? {})
}
