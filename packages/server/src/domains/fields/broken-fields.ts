import type { EntityDeclaration } from "@regulars/contract/kernel/entity.ts"
import { type OwnField, withOwnFields, withoutOwnFields } from "@regulars/contract/kernel/own-fields.ts"
import type { Registry } from "../../kernel/context.ts"
import { brokenFormula } from "./fields.rules.ts"
import { brokenRollup } from "./rollup.rules.ts"

/**
 * Were these all own fields there are: the first formula of an entity, or of some roll-ups, that can't do without what
 * is missing then, or is another thing.
 */
export function brokenOf(
  { entity: declared }: Pick<Registry, "entity">,
  fields: readonly OwnField[],
  { entity, rollups }: { entity: string; rollups: readonly OwnField[] },
): OwnField | undefined {
  const find = (name: string): EntityDeclaration | undefined => {
    const found = declared(name)
    const own = fields.filter((one) => one.entity === name)
    return found && withOwnFields(withoutOwnFields(found), own)
  }
  const formulas = fields.filter((one) => one.entity === entity)
  const around = find(entity)
  return (around && brokenFormula(around, formulas)) ?? brokenRollup(rollups, find)
}
