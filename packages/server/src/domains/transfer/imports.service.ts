import type { Readable } from "node:stream"
import type { ImportColumn } from "@regulars/contract/domains/transfer.endpoints.ts"
import { chooseLanguage } from "@regulars/locales/runtime.ts"
import { translatorFor } from "@regulars/locales/server.ts"
import type { Context } from "../../kernel/context.ts"
import { AppError, notFound } from "../../kernel/errors.ts"
import { largestUpload } from "../../kernel/http/server.ts"
import { newId } from "../../kernel/ids.ts"
import { type FileRow, hashOfFile, storeStream } from "../files/index.ts"
import { FormatError } from "./formats/format-error.ts"
import { importableEntities, importableEntity, requireImportable } from "./importable.ts"
import {
  deleteMapping,
  findImport,
  type ImportRow,
  insertImport,
  listImports,
  listMappings,
  type MappingRow,
  mappingForHeaders,
} from "./imports.queries.ts"
import { type Look, type Recognised, recogniseFile } from "./recognise-file.ts"

export async function getImport(
  ctx: Context,
  id: string,
  options: { lock?: boolean } = {},
): Promise<ImportRow> {
  const row = await findImport(ctx, id, options)
  // Its rows and twins are for those who may see such records.
  if (!row || !ctx.permissions.has(`${row.entity}:read`)) throw notFound()
  return row
}

/** Whether it can still be changed, checked and run: nothing is under way, and nothing has been written. */
export function isOpen({ status, operationId }: Pick<ImportRow, "status" | "operationId">): boolean {
  return status === "recognised" || status === "checked" || (status === "failed" && operationId === null)
}

/** Takes an upload in. `name` is what its rows are, as far as that is known before the file. */
export async function storeUpload(
  ctx: Context,
  upload: { stream: Readable; name: string },
  name: string | undefined,
): Promise<FileRow> {
  requireImportable(ctx)
  if (name !== undefined) importableEntity(ctx, name)
  return storeStream(ctx, upload.stream, upload.name, { limit: largestUpload, readSoon: true })
}
/**
 * Recognises an upload; `name` is what its rows are, where that was said. Throws `unsupported_format` with what
 * to do about it.
 */
export async function createImport(
  ctx: Context,
  file: FileRow,
  name: string | undefined,
): Promise<ImportRow> {
  const entity = name === undefined ? undefined : importableEntity(ctx, name)
  const recognised = await recognise(ctx, await ctx.services.contents.pathOf(file.hash), {
    entity,
    fileName: file.name,
  })
  const id = newId(ctx.now().getTime())
  const mapping = await mappingForHeaders(ctx, recognised.details.headers)
  const known = mapping && (entity === undefined || mapping.entity === entity.name) ? mapping : undefined
  await insertImport(ctx, {
    ...recognised,
    ...(known && {
      entity: known.entity,
      columns: withMapping(recognised.columns, known),
      mappingName: known.name,
    }),
    details: { ...recognised.details, bytes: file.size },
    id,
    status: "recognised",
    fileId: file.id,
    fileName: file.name,
    createdBy: ctx.actor.memberId,
    createdAt: ctx.now().toISOString(),
  })
  return getImport(ctx, id)
}
/** Looks at an upload in the caller's language. Throws the API's errors for what can't be imported. */
export async function recognise(ctx: Context, path: string, given: Partial<Look>): Promise<Recognised> {
  return recogniseFile(path, lookOf(ctx, given)).catch(refuse)
}
function lookOf(ctx: Context, given: Partial<Look>): Look {
  return {
    chosen: {},
    entities: importableEntities(ctx),
    locale: `${ctx.language}-${ctx.country}`,
    t: translatorFor(chooseLanguage([ctx.language])),
    ...given,
  }
}
/** Throws what can't be read as the API's error, with what to do about it. */
export function refuse(error: unknown): never {
  if (!(error instanceof FormatError)) throw error
  const { remedy, ...details } = error.details
  throw new AppError(error.code, {
    detail: remedy ? `${error.message}. ${remedy}.` : `${error.message}.`,
    details: { ...details, ...(remedy && { remedy }) },
  })
}

/** Columns as a saved mapping has them; those it does not know stay as recognised. */
export function withMapping(columns: readonly ImportColumn[], mapping: MappingRow): ImportColumn[] {
  const saved = new Map(mapping.columns.map((column) => [column.header, column]))
  return columns.map((column) => {
    const own = saved.get(column.header)
    if (!own) return column
    const { target, onUpdate } = own
    const dateOrder = decided(column.dateOrder) ?? own.dateOrder ?? column.dateOrder
    return {
      ...column,
      target,
      dateOrder,
      suggestedDateOrder: dateOrder === "ambiguous" ? column.suggestedDateOrder : null,
      decimal: decided(column.decimal) ?? own.decimal ?? column.decimal,
      onUpdate,
      ask: false,
      reason: "saved",
      confidence: 1,
    }
  })
}

/** What the file itself leaves no doubt about is so, whatever the last file was like. */
function decided<T extends string>(writing: T | null): T | null {
  return writing === "ambiguous" ? null : writing
}

/**
 * By which name the upload of an import is kept. Whoever reads it has the store fetch it (`pathOf`) when no transaction
 * is open: from a bucket that takes its time. Throws `conflict` when it has been let go.
 */
export async function uploadHash(ctx: Context, { fileId }: Pick<ImportRow, "fileId">): Promise<string> {
  if (!fileId)
    throw new AppError("conflict", { detail: "The file of this import is no longer kept. Upload it again." })
  return hashOfFile(ctx, fileId)
}

const mostShown = 50
export async function recentImports(ctx: Context): Promise<ImportRow[]> {
  const seen = ctx.registry.entities.filter(({ name }) => ctx.permissions.has(`${name}:read`))
  return listImports(
    ctx,
    seen.map(({ name }) => name),
    mostShown,
  )
}
export async function savedMappings(ctx: Context): Promise<MappingRow[]> {
  return listMappings(ctx)
}
export async function forgetMapping(ctx: Context, id: string): Promise<void> {
  if (!(await deleteMapping(ctx, id))) throw notFound()
}
