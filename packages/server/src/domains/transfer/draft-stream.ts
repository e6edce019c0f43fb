import { setImmediate as turn } from "node:timers/promises"
import type { EntityDeclaration } from "@regulars/contract/kernel/entity.ts"
import { fold } from "@regulars/contract/kernel/fold.ts"
import { chooseLanguage } from "@regulars/locales/runtime.ts"
import { translatorFor } from "@regulars/locales/server.ts"
import type { Context } from "../../kernel/context.ts"
import { importableEntity } from "./importable.ts"
import type { ImportRow } from "./imports.queries.ts"
import { type Draft, isOwn, writtenField } from "./rows/draft.ts"
import { rowReader, type SourceRow } from "./rows/import-rows.ts"
import type { MergeRules, OnUpdate } from "./rows/merge-values.ts"
import { cardReader } from "./rows/vcard-map.ts"
import { chunksOf, openSource } from "./source-file.ts"

/** Rows written in one transaction: large enough to be fast, small enough that nobody waits for its locks. */
const chunkSize = 1000
/** Rows understood before others get their turn on this thread. */
const slice = 100

/** Under which ids of the file's product are kept; a list of unknown origin is known by the name of its id column. */
export function sourceOf(row: Pick<ImportRow, "details" | "columns">): string {
  if (row.details.source) return row.details.source
  const column = row.columns.find(({ target }) => target?.field === "externalId")
  return `list:${fold(column?.header ?? "").slice(0, 100)}`
}
/** Filling or overwriting, as chosen for the columns that write a field. */
export function mergeRulesOf(entity: EntityDeclaration, row: ImportRow): MergeRules {
  const modes = new Map<string, OnUpdate>()
  for (const { target, onUpdate, header } of row.columns) {
    if (!target) continue
    const field = writtenField(entity, target)
    const names = field === "preferences" ? [field, `${field}\n${target.key ?? header}`] : [field]
    for (const name of names) if (onUpdate === "overwrite" || !modes.has(name)) modes.set(name, onUpdate)
  }
  const own = row.columns.some(isOwn)
  return {
    entity,
    own,
    modeOf: (field, key) =>
      (key === undefined ? undefined : modes.get(`${field}\n${key}`)) ??
      (key === undefined || own ? modes.get(field) : undefined) ??
      "fill",
  }
}

/** The column that writes a field. */
export function columnFinder(entity: EntityDeclaration, row: ImportRow): (field: string) => number | null {
  return (field) =>
    row.columns.find(({ target }) => target && writtenField(entity, target) === field)?.index ?? null
}

export interface DraftStream {
  /** By which version of the workspace's own fields it is understood. */
  readonly fieldsVersion: number
  /** The next chunk, understood; undefined at the end. */
  next(): Promise<Draft[] | undefined>
  /** Begins with the chunk after it: to be called when the database has got its work and this thread has none. */
  readAhead(): void
  close(): Promise<void>
}
/** The rows of an import from a position on, in chunks that are the same whenever they are read. */
export async function openDrafts(ctx: Context, row: ImportRow, path: string): Promise<DraftStream> {
  const source = await openSource(path, row)
  const chunks = chunksOf(source.rows(row.position), chunkSize)
  const read = readerOf(ctx, row)
  const understand = async (): Promise<Draft[] | undefined> => {
    const { value, done } = await chunks.next()
    if (done) return undefined
    const drafts: Draft[] = []
    for (const [index, sourceRow] of value.entries()) {
      drafts.push(read(sourceRow))
      if (index % slice === slice - 1) await turn()
    }
    return drafts
  }
  let ahead: Promise<Draft[] | undefined> | undefined
  const readAhead = () => {
    ahead ??= understand()
    // Somebody asks for it later; until then its failure must not end the process.
    ahead.catch(() => undefined)
  }
  return {
    fieldsVersion: ctx.registry.fieldsVersion,
    readAhead,
    async next() {
      readAhead()
      const drafts = await ahead
      if (drafts) ahead = undefined
      return drafts
    },
    async close() {
      await ahead?.catch(() => undefined)
      await chunks.return(undefined)
      await source.close()
    },
  }
}
function readerOf(ctx: Context, row: ImportRow): (row: SourceRow) => Draft {
  const context = {
    entity: importableEntity(ctx, row.entity),
    country: ctx.country,
    currency: ctx.currency,
    zone: ctx.workspaceZone,
    source: row.details.source,
    unreadable: row.unreadable,
    fileName: row.fileName,
  }
  if (row.format !== "vcard") return rowReader(row.columns, row.repairs, context)
  return cardReader(row.columns, context, translatorFor(chooseLanguage([ctx.language])))
}
