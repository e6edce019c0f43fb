import { choiceLists } from "@regulars/contract/choice-lists.ts"
import type { ListedChoiceAnswer } from "@regulars/contract/domains/choices.endpoints.ts"
import { type ListedChoice, listedFields } from "@regulars/contract/kernel/choice-lists.ts"
import type { EntityDeclaration } from "@regulars/contract/kernel/entity.ts"
import { fold } from "@regulars/contract/kernel/fold.ts"
import { choiceLabel } from "@regulars/locales/labels.ts"
import { chooseLanguage } from "@regulars/locales/runtime.ts"
import { translatorFor } from "@regulars/locales/server.ts"
import { restriction } from "../../kernel/access/policy.ts"
import type { Context } from "../../kernel/context.ts"
import { AppError, invalid, notFound } from "../../kernel/errors.ts"
import { fieldsHaveChanged } from "../../kernel/own-fields/workspace-registry.ts"
import { updateRecords } from "../../kernel/records/update.ts"
import { idsHolding, saveList } from "./choices.queries.ts"

/** Living and removed ones of a list. */
const mostChoices = 500
const longestId = 50
/** Records moved at a time, and at most while everybody waits. */
const step = 500
const mostMoved = 20_000

/** A list as the workspace has it. Throws `not_found` for a name of none. */
export function listNamed({ registry }: Pick<Context, "registry">, list: string): readonly ListedChoice[] {
  const entries = Object.hasOwn(choiceLists, list) ? registry.choiceLists[list] : undefined
  if (!entries) throw notFound()
  return entries
}
export function livingChoice(entries: readonly ListedChoice[], id: string): ListedChoice {
  const found = entries.find((entry) => entry.id === id && entry.deletedAt === null)
  if (!found) throw notFound()
  return found
}

/** What each choice of a list is called in the caller's language. */
export function namer(ctx: Pick<Context, "registry" | "language">, list: string) {
  const [place] = fieldsWith(ctx, list)
  const t = translatorFor(chooseLanguage([ctx.language]))
  return ({ id, label }: Pick<ListedChoice, "id" | "label">): string =>
    label ?? (place ? choiceLabel(t, place.entity.name, place.key, id) : id)
}
/** Fields that hold choices of a list. */
function fieldsWith({ registry }: Pick<Context, "registry">, list: string) {
  return registry.entities.flatMap((entity) =>
    listedFields(entity).flatMap(([key, name]) => (name === list ? [{ entity, key }] : [])),
  )
}

export function allLists(ctx: Context): Record<string, ListedChoiceAnswer[]> {
  return Object.fromEntries(
    Object.entries(ctx.registry.choiceLists).map(([list, entries]) => {
      const nameOf = namer(ctx, list)
      return [
        list,
        entries.map((entry) => ({ ...entry, options: { ...entry.options }, name: nameOf(entry) })),
      ]
    }),
  )
}

/**
 * Makes these the choices of a list, in their order. Throws `validation_failed` where two of a group are called the
 * same and where there are too many. Only within an endpoint that is alone.
 */
export function writeList(ctx: Context, list: string, entries: readonly ListedChoice[]): void {
  if (!ctx.tx.alone) throw new Error("choices are changed by an endpoint that is alone")
  if (entries.length > mostChoices)
    throw invalid("label", "too_many", `is one too many: a list may have ${mostChoices} choices`)
  const nameOf = namer(ctx, list)
  const living = entries.filter(({ deletedAt }) => deletedAt === null)
  const names = new Set(living.map((entry) => `${entry.group ?? ""}\n${fold(nameOf(entry))}`))
  if (names.size < living.length) throw invalid("label", "not_unique", "is what another one is called")
  saveList(ctx, list, entries)
  fieldsHaveChanged(ctx)
}

/** A new id made from a label, that none of these has or had: "Quote sent" → `quote-sent`. */
export function idFrom(label: string, entries: readonly ListedChoice[]): string {
  const taken = new Set(entries.map(({ id }) => id))
  const words = (fold(label).match(/[a-z0-9]+/g) ?? []).join("-").slice(0, longestId)
  const plain = words === "" ? "choice" : words
  let id = plain
  for (let number = 2; taken.has(id); number++) id = `${plain}-${number}`
  return id
}
/** The entries with this one at a place among the living of its group. */
export function placed(
  entries: readonly ListedChoice[],
  entry: ListedChoice,
  position: number | undefined,
): ListedChoice[] {
  const at = entries.findIndex(({ id }) => id === entry.id)
  if (position === undefined && at >= 0) return entries.with(at, entry)
  const rest = entries.filter(({ id }) => id !== entry.id)
  const beside = rest.filter(({ deletedAt, group }) => deletedAt === null && group === entry.group)
  const before = position === undefined ? undefined : beside[position]
  return before ? rest.toSpliced(rest.indexOf(before), 0, entry) : [...rest, entry]
}

/**
 * Gives the living records that hold one of these choices another one. Throws `conflict` where there are records and
 * nothing to move them to, `forbidden` for whoever may not change all of them.
 */
export async function moveRecords(
  ctx: Context,
  list: string,
  ids: readonly string[],
  moveTo: string | undefined,
): Promise<void> {
  for (const { entity, key } of fieldsWith(ctx, list)) {
    const held = await idsHolding(ctx, entity, key, { ids, limit: mostMoved + 1 })
    if (held.length === 0) continue
    if (moveTo === undefined)
      throw stillHeld(held.length, "Move them first, or say which choice they are to take.")
    if (held.length > mostMoved)
      throw invalid(
        "moveTo",
        "too_many",
        `is for ${mostMoved} records at most: change them in the list first`,
      )
    requireAll(ctx, entity)
    for (let start = 0; start < held.length; start += step) {
      const some = held.slice(start, start + step)
      const patches = some.map((id) => ({ id, values: { [key]: moveTo } }))
      await updateRecords(ctx, entity, patches, { unguarded: true })
    }
  }
}
/**
 * Throws `conflict` while records hold one of these choices, in the bin as well: those come back as they were, whatever
 * the choice means by then.
 */
export async function requireUnheld(ctx: Context, list: string, ids: readonly string[]): Promise<void> {
  for (const { entity, key } of fieldsWith(ctx, list)) {
    const held = await idsHolding(ctx, entity, key, { ids, limit: mostMoved + 1, bin: true })
    if (held.length > 0)
      throw stillHeld(held.length, "Move them first; those in the bin have to be restored for it, or erased.")
  }
}
function stillHeld(count: number, remedy: string): AppError {
  return new AppError("conflict", { detail: `Records still hold it. ${remedy}`, details: { count } })
}
function requireAll(ctx: Context, entity: EntityDeclaration): void {
  if (!ctx.permissions.has(`${entity.name}:update`) || restriction(ctx, entity, "edit"))
    throw new AppError("forbidden", { detail: "Your role does not allow to change all these records." })
}
