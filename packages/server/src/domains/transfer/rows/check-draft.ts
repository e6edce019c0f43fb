import type { ImportColumn } from "@regulars/contract/domains/transfer.endpoints.ts"
import { createSchema, customSchema } from "@regulars/contract/kernel/entity.schema.ts"
import type { EntityDeclaration } from "@regulars/contract/kernel/entity.ts"
import { gatherCustom, splitPath } from "@regulars/contract/kernel/own-fields.ts"
import type { z } from "zod"
import { type CellProblem, type Draft, writtenField } from "./draft.ts"

const schemas = new WeakMap<EntityDeclaration, z.ZodType>()
/**
 * Makes the function that looks whether a draft can be stored as it is, and notes each fault on the column it
 * came from. Drafts that have a problem already are left alone.
 */
export function draftChecker(
  columns: readonly ImportColumn[],
  entity: EntityDeclaration,
): (draft: Draft) => Draft {
  const check = againstDeclaration(columns, entity)
  return (draft) => {
    if (draft.problems.length === 0) draft.problems.push(...check(draft), ...checkTexts(draft, columns))
    return draft
  }
}

/** What the record's own declaration says. */
function againstDeclaration(
  columns: readonly ImportColumn[],
  entity: EntityDeclaration,
): (draft: Draft) => CellProblem[] {
  const schema = schemas.get(entity) ?? createSchema(entity, customSchema(entity, { isNew: true }))
  schemas.set(entity, schema)
  const columnsOf = Map.groupBy(
    columns.filter((column) => column.target),
    (column) => writtenField(entity, column.target as { field: string }),
  )
  return (draft) => {
    const result = schema.safeParse(gatherCustom(draft.values))
    if (result.success) return []
    return result.error.issues.map((issue) => {
      const [field, index, part] = splitPath(issue.path.join("."))
      const limit = issue.code === "too_big" ? Number(issue.maximum) : undefined
      if (issue.code === "custom" && entity.needsOneOf?.includes(field) && index === undefined)
        return { column: null, code: "needs_one_of", value: "" }
      const value = textAt(gatherCustom(draft.values), issue.path)
      const candidates = columnsOf.get(field) ?? []
      const column =
        candidates.find((one) => value !== "" && draft.cells[one.index]?.includes(value)) ??
        candidates.find((one) => one.target?.part === part && draft.cells[one.index]) ??
        candidates[0]
      const code = codeOf(issue, index === undefined && value === "")
      return { column: column?.index ?? null, code, value: value.slice(0, 200), ...(limit && { limit }) }
    })
  }
}
/** What is not written to the record itself must be storable, too. */
function checkTexts(draft: Draft, columns: readonly ImportColumn[]): CellProblem[] {
  const texts = [
    ...draft.links.map(({ name }) => ({ text: name ?? "", limit: longestName })),
    ...draft.notes.map((text) => ({ text, limit: 100_000 })),
    ...draft.lines.map(([, text]) => ({ text, limit: 2000 })),
    { text: draft.externalId ?? "", limit: 200 },
  ]
  return texts.flatMap(({ text, limit }): CellProblem[] => {
    const isStorable = !text.includes("\0") && text.isWellFormed()
    if (isStorable && text.length <= limit) return []
    const column = columns.find(({ index }) => draft.cells[index]?.trim() === text)?.index ?? null
    const value = text.slice(0, 200)
    return isStorable
      ? [{ column, code: "too_long", value, limit }]
      : [{ column, code: "invalid_characters", value }]
  })
}
/** The shortest name that everything a row can link to may have. */
const longestName = 120

function codeOf(issue: z.core.$ZodIssue, isMissing: boolean): string {
  if (isMissing) return "required"
  const own = "params" in issue ? (issue.params as { code?: string } | undefined)?.code : undefined
  if (own) return "invalid_characters"
  if (issue.code === "too_big") return issue.origin === "string" ? "too_long" : "too_many"
  return "value_invalid"
}
function textAt(values: unknown, path: readonly PropertyKey[]): string {
  let value: unknown = values
  for (const key of path) value = (value as Record<PropertyKey, unknown> | null | undefined)?.[key]
  return typeof value === "string" ? value : ""
}
