import type { Writable } from "node:stream"
import { people } from "@regulars/contract/domains/people.ts"
import { entityRights } from "@regulars/contract/domains/rights.ts"
import type { ExportRequest } from "@regulars/contract/domains/transfer.endpoints.ts"
import { type EntityDeclaration, fieldOf } from "@regulars/contract/kernel/entity.ts"
import type { Field } from "@regulars/contract/kernel/fields.ts"
import { choiceLabel } from "@regulars/locales/labels.ts"
import { chooseLanguage, type Translate } from "@regulars/locales/runtime.ts"
import { translatorFor } from "@regulars/locales/server.ts"
import { usableEntity } from "../../kernel/access/usable.ts"
import type { Context } from "../../kernel/context.ts"
import { AppError, invalid } from "../../kernel/errors.ts"
import type { StoredRecord, Values } from "../../kernel/records/columns.ts"
import { includedNames } from "../../kernel/records/list.ts"
import { type ExportedList, exportedRows, listWidths } from "./export.queries.ts"
import { writeCsv } from "./formats/write-csv.ts"
import { writeVcards } from "./formats/write-vcards.ts"
import { writeXlsx, type XlsxColumn } from "./formats/write-xlsx.ts"
import { type OwnColumn, ownColumns } from "./rows/own-columns.ts"
import { valueText } from "./rows/own-values.ts"
import { cardOf } from "./rows/vcard-map.ts"

type ExportFormat = ExportRequest["format"]
export const mediaTypes: Record<ExportFormat, string> = {
  csv: "text/csv; charset=utf-8",
  xlsx: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
  vcard: "text/vcard; charset=utf-8",
}
export const fileEndings: Record<ExportFormat, string> = { csv: "csv", xlsx: "xlsx", vcard: "vcf" }

interface Export {
  entity: EntityDeclaration
  format: ExportFormat
  list: ExportedList
  keys: string[]
  t: Translate | undefined
}
/** Checks what is asked for. Throws `forbidden` without the right to read and export the records, and what a filter is refused for. */
export function prepareExport(ctx: Context, request: ExportRequest): Export {
  const declared = ctx.registry.entity(request.entity)
  const entity = declared && usableEntity(ctx, declared)
  if (!entity?.transfer) throw invalid("entity", "unknown_entity", "is nothing that can be exported")
  const isClosed = ctx.access && entityRights(ctx.access.rights, entity.name).export === "none"
  if (isClosed || !ctx.permissions.has(`${entity.name}:read`))
    throw new AppError("forbidden", { detail: "Your role does not allow to export these records." })
  if (request.format === "vcard" && entity.name !== people.name)
    throw invalid("format", "unsupported_format", "only people can be exported as contact cards")
  const keys = request.fields ?? exportedFields(entity)
  for (const key of keys)
    if (!fieldOf(entity, key) && key !== "id")
      throw invalid("fields", "unknown_field", `names the unknown field "${key.slice(0, 60)}"`)
  return {
    entity,
    format: request.format,
    list: request,
    keys: request.format === "vcard" ? Object.keys(entity.fields) : keys.filter((key) => key !== "id"),
    t: request.header === "labels" ? translatorFor(chooseLanguage([ctx.language])) : undefined,
  }
}
/** Everything a record says, in the order it is declared; a rich text stands as its plain one. */
function exportedFields(entity: EntityDeclaration): string[] {
  const declared = Object.entries<Field>(entity.fields).flatMap(([key, field]) =>
    field.transfer === false || field.type === "richText" ? [] : [key],
  )
  return [...declared, "createdAt", "updatedAt"]
}

/** Writes the whole list page by page, as the transaction sees it, and ends `out`. A snapshot makes it of one moment. */
export async function writeExport(ctx: Context, given: Export, out: Writable): Promise<void> {
  if (given.format === "vcard") await writeVcards(out, cards(ctx, given), { version: "3.0" })
  else await writeTable(ctx, given, out)
}

async function writeTable(ctx: Context, given: Export, out: Writable): Promise<void> {
  const { entity, keys, list, t } = given
  const widths = await listWidths(
    ctx,
    entity,
    keys.filter((key) => entity.fields[key]?.type === "list"),
    list,
  )
  for (const [key, width] of widths)
    if (entity.fields[key]?.group === "contact") widths.set(key, Math.max(1, width))
  const columns = ownColumns(entity, keys, widths, t)
  const headers = columns.map(({ header }) => header)
  const rows = tableRows(ctx, given, columns)
  if (given.format === "csv") await writeCsv(out, headers, rows)
  else
    await writeXlsx(
      out,
      columns.map((column) => sheetColumn(entity, column)),
      rows,
    )
}
function sheetColumn(entity: EntityDeclaration, { header, target }: OwnColumn): XlsxColumn {
  const type = target.part === undefined ? entity.fields[target.field]?.type : undefined
  if (type && ["integer", "number", "percent", "rating"].includes(type))
    return { name: header, type: "number" }
  return { name: header, type: type === "date" ? "date" : "text" }
}
async function* tableRows(
  ctx: Context,
  { entity, keys, list, t }: Export,
  columns: readonly OwnColumn[],
): AsyncGenerator<string[]> {
  const links = keys.filter((key) => isLinked(entity, key))
  const cells = columns.map((column) => cellOf(entity, column, t))
  for await (const page of exportedRows(ctx, entity, keys, list)) {
    const names = await includedNames(ctx, entity, page, links)
    const nameOf: NameOf = (target, id) => {
      const table = target === "member" ? "members" : (ctx.registry.entityOfSubject(target)?.name ?? target)
      return names[table]?.[id] ?? ""
    }
    for (const record of page) yield cells.map((cell) => cell(record, nameOf))
  }
}
function isLinked(entity: EntityDeclaration, key: string): boolean {
  const field = fieldOf(entity, key)
  if (field?.type === "list") return Object.values(field.item).some(({ type }) => type === "link")
  return field?.type === "link" || field?.type === "links"
}

/** `target` is an entity, or the type of a subject. */
type NameOf = (target: string, id: string) => string
/** What a column shows of a record. */
function cellOf(
  entity: EntityDeclaration,
  { target }: OwnColumn,
  t: Translate | undefined,
): (record: StoredRecord, nameOf: NameOf) => string {
  const { field: key, part, group } = target
  if (key === "id") return (record) => record.id
  const field = fieldOf(entity, key) as Field
  const label = (path: string) => (t ? (value: string) => choiceLabel(t, entity, path, value) : undefined)
  if (field.type === "link")
    return part === "name"
      ? (record, nameOf) => nameOf(field.target, String(record[key] ?? ""))
      : (record) => String(record[key] ?? "")
  if (field.type === "links" && part === "name")
    return (record, nameOf) =>
      (record[key] as { type: string; id: string }[])
        .map(({ type, id }) => nameOf(type, id))
        .filter(Boolean)
        .join("; ")
  if (field.type !== "list" || group === undefined || part === undefined) {
    const labels = label(key)
    return (record) => valueText(field, record[key], labels)
  }
  const [itemKey = "", named] = part.split(".")
  const item = field.item[itemKey]!
  const labels = label(`${key}.${itemKey}`)
  const entryOf = (record: StoredRecord) => (record[key] as Values[] | undefined)?.[group - 1]
  if (item.type === "link" && named !== undefined)
    return (record, nameOf) => nameOf(item.target, String(entryOf(record)?.[itemKey] ?? ""))
  return (record) => valueText(item, entryOf(record)?.[itemKey], labels)
}

async function* cards(ctx: Context, { entity, keys, list }: Export) {
  const links = keys.filter((key) => key === "companyId")
  for await (const page of exportedRows(ctx, entity, keys, list)) {
    const names = await includedNames(ctx, entity, page, links)
    for (const person of page) yield cardOf(person, names.companies?.[String(person.companyId ?? "")])
  }
}
