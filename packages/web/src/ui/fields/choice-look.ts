import type { Icon } from "../../lib/commands.ts"
import type { Meaning } from "../chip.tsx"

export interface ChoiceLook {
  icon?: Icon
  meaning?: Meaning
}
const looks = new Map<string, ChoiceLook>()

/** Gives choices of a field (by its key, whatever the entity) an icon or a colour of meaning beside their word. */
export function registerChoiceLooks(fieldKey: string, byChoice: Record<string, ChoiceLook>): void {
  for (const [choice, look] of Object.entries(byChoice)) looks.set(`${fieldKey}.${choice}`, look)
}
export function choiceLook(fieldKey: string, choice: string): ChoiceLook {
  return looks.get(`${fieldKey}.${choice}`) ?? {}
}
