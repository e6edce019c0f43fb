import type { ImportColumn } from "@regulars/contract/domains/transfer.endpoints.ts"
import type { EntityDeclaration } from "@regulars/contract/kernel/entity.ts"
import type { Field } from "@regulars/contract/kernel/fields.ts"
import { unguard } from "@regulars/contract/kernel/formula-guard.ts"
import { assembleRow } from "./assemble-row.ts"
import type { Draft } from "./draft.ts"
import { fieldStep } from "./field-steps.ts"
import { stepFor } from "./row-steps.ts"
import { newWork, type RowContext, type Step } from "./row-work.ts"

/** How day and month, and decimals, are written where a text alone does not tell. */
export interface Habits {
  dateOrder: "dmy" | "mdy"
  decimal: "," | "."
}

/**
 * Makes the function that reads one cell as the import would, a column at a time: what can be read in one way is read
 * so, the rest by the habits of the place. Undefined for fields that no single text stands for.
 */
export function cellReader(
  entity: EntityDeclaration,
  key: string,
  context: RowContext & { habits: Habits },
): ((text: string) => Draft) | undefined {
  const field = entity.fields[key]
  if (!field || ["richText", "file", "files"].includes(field.type)) return undefined
  if (field.type === "list" && !isOneText(field)) return undefined
  const { dateOrder, decimal } = context.habits
  const steps = [
    { dateOrder: "ambiguous", decimal: "ambiguous" } as const,
    { dateOrder, decimal } as const,
  ].flatMap((habits) => stepOf(columnOf(key, field, habits), field, context) ?? [])
  if (steps.length === 0) return undefined
  return (text) => {
    const drafts = steps.map((step) => draftOf(step, text, context))
    return drafts.find(({ problems }) => problems.length === 0) ?? (drafts.at(-1) as Draft)
  }
}
/** E-mail addresses, numbers, domains: entries that are their key. Others have parts that a text would lose. */
function isOneText(field: Extract<Field, { type: "list" }>): boolean {
  return ["email", "phone", "domain", "url"].includes(field.item[field.key]?.type ?? "")
}
function columnOf(
  key: string,
  field: Field,
  { dateOrder, decimal }: Pick<ImportColumn, "dateOrder" | "decimal">,
): ImportColumn {
  return {
    index: 0,
    header: key,
    samples: [],
    target: field.type === "list" ? { field: key, part: field.key } : { field: key },
    confidence: 1,
    reason: "",
    ask: false,
    alternatives: [],
    dateOrder,
    suggestedDateOrder: null,
    decimal,
    onUpdate: "overwrite",
  }
}
/** Maps of free texts are known to the import by columns of their own; a cell holds one as a whole. */
function stepOf(column: ImportColumn, field: Field, context: RowContext): Step | undefined {
  if (field.type === "map" && column.target)
    return fieldStep({ column, target: column.target, field }, context)
  return stepFor(column, context)
}
function draftOf(step: Step, text: string, context: RowContext): Draft {
  const work = newWork(false)
  const trimmed = unguard(text).trim()
  if (trimmed !== "") step(work, trimmed)
  // What would be kept beside the field has no place here: it must not get lost unsaid.
  if (work.texts.length > 0) work.problems.push({ column: 0, code: "value_invalid", value: trimmed })
  return assembleRow({ ...work, texts: [] }, { line: 0, cells: [text] }, context)
}
