import { type EntityDeclaration, isNeeded, isWritable } from "@regulars/contract/kernel/entity.ts"

/** Types that need more room than a small window has. */
const large = ["list", "map", "richText", "files"]

/**
 * Keys of the fields a form asks for before a record is there, its name aside: those a record with these values
 * can't be without, and the columns of its list.
 */
export function askedFields(
  { fields, title }: EntityDeclaration,
  values: Readonly<Record<string, unknown>> = {},
): string[] {
  return Object.entries(fields).flatMap(([key, field]) => {
    if (key === title || field.hidden || !isWritable(field)) return []
    return isNeeded(field, values) || (field.column && !large.includes(field.type)) ? [key] : []
  })
}
