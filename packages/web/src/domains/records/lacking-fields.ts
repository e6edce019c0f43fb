import { type EntityDeclaration, isWritable } from "@regulars/contract/kernel/entity.ts"
import { splitPath } from "@regulars/contract/kernel/own-fields.ts"
import { isApiError } from "../../lib/api-error.ts"

/**
 * Keys of the fields a change was refused for, because nothing stands in them: they can be asked for. None where
 * anything else stood against it, or what is lacking is not the member's to write.
 */
export function lackingFields(
  error: unknown,
  { fields }: EntityDeclaration,
  given: Readonly<Record<string, unknown>>,
): string[] {
  if (!isApiError(error, "validation_failed")) return []
  const keys = error.errors.map(({ path, code }) => {
    const [key] = splitPath(path)
    const field = fields[key]
    return code === "required" && field && isWritable(field) && !(key in given) ? key : undefined
  })
  const lacking = keys.filter((key) => key !== undefined)
  return lacking.length === keys.length ? [...new Set(lacking)] : []
}
