import { z } from "zod"
import { defineEndpoints } from "../kernel/endpoint.ts"
import { idParams } from "../kernel/entity-endpoints.ts"
import { filterSchema, filterTextSchema } from "../kernel/filter.schema.ts"
import { operationSchema } from "./general.endpoints.ts"

/** Where a column goes: a field, a part of it, and the label or group that keeps parts of one entry together. */
export const targetSchema = z.strictObject({
  field: z.string().max(60),
  part: z.string().max(60).optional(),
  /**
   * "home", "work" or "other"; for telephones "mobile" and "fax" too; for `social` the network or "website"; for
   * `consent` the channel; for `dates` what the day is.
   */
  label: z.string().max(60).optional(),
  group: z.int().min(1).max(100).optional(),
  /** Name of a preference; purpose of a consent. */
  key: z.string().max(200).optional(),
})
const dateOrders = ["dmy", "mdy", "ymd", "serial"] as const
const decimals = [",", "."] as const
const orderWords =
  "How dates are written: day, month, year; month, day, year; year, month, day; or `serial`, a spreadsheet's count of days."
const decimalWords = "The mark before the decimals of numbers."
const decisionSchema = z.enum(["update", "skip", "keepBoth"])
const columnSchema = z.object({
  index: z.number(),
  header: z.string(),
  samples: z.array(z.string()),
  target: targetSchema.nullable(),
  confidence: z.number(),
  reason: z.string(),
  ask: z.boolean(),
  alternatives: z.array(targetSchema),
  dateOrder: z
    .enum([...dateOrders, "ambiguous"])
    .nullable()
    .describe(
      `${orderWords} \`ambiguous\`: all of them can be read in two ways; where the target is a date, that must be answered before the file can be checked or run. Null for columns without dates.`,
    ),
  suggestedDateOrder: z
    .enum(["dmy", "mdy"])
    .nullable()
    .describe(
      "The likelier answer while `dateOrder` is `ambiguous`: that of the file's other dates, or of the workspace's country; else null.",
    ),
  decimal: z
    .enum([...decimals, "ambiguous"])
    .nullable()
    .describe(
      `${decimalWords} \`ambiguous\`: a number such as 1.234 can be read in two ways and its row is refused until this is answered. Null where no number has a mark.`,
    ),
  onUpdate: z.enum(["fill", "overwrite"]),
})
/** `rows` = created + updated + unchanged + merged + skipped + refused. */
const countsSchema = z.object({
  rows: z.number(),
  created: z.number(),
  updated: z.number(),
  /** Rows whose record holds all of it already. */
  unchanged: z.number(),
  /** Rows joined into the record of an earlier row of the same file. */
  merged: z.number(),
  skipped: z.number(),
  refused: z.number(),
  /** Rows with a twin in the workspace or earlier in the file, whatever is done about it. */
  duplicates: z.number(),
})
const problemSchema = z.object({
  line: z.number(),
  column: z.number().nullable(),
  header: z.string().nullable(),
  value: z.string(),
  code: z.string(),
  message: z.string(),
})
const problemGroupSchema = problemSchema
  .pick({ column: true, header: true, code: true, message: true })
  .extend({
    rows: z.number(),
  })
const duplicateSchema = z.object({
  line: z.number(),
  name: z.string(),
  /** What is the same: `email`, `phone`, `nameCompany`, `name`, `domain`, `externalId`, `id`. */
  reason: z.string(),
  candidate: z.object({ id: z.string().nullable(), line: z.number().nullable(), name: z.string() }),
  /** Decided for this row alone. */
  decision: decisionSchema.nullable(),
  /** What will be done. */
  action: decisionSchema,
})
export const importSchema = z.object({
  id: z.string(),
  entity: z.string(),
  status: z.enum(["recognised", "checking", "checked", "running", "done", "failed", "cancelled", "undone"]),
  fileName: z.string(),
  format: z.enum(["csv", "xlsx", "vcard"]),
  encoding: z.string().nullable(),
  /** Nothing in the file vouches for the encoding: worth a look at the letters. */
  encodingIsGuess: z.boolean(),
  delimiter: z.string().nullable(),
  sheets: z.array(z.string()),
  sheet: z.string().nullable(),
  /** The first line holds values, not names: it is read as a row. */
  headerless: z.boolean(),
  source: z.string().nullable(),
  mappingName: z.string().nullable(),
  bytes: z.number(),
  columns: z.array(columnSchema),
  duplicates: decisionSchema,
  /** What becomes of a cell that can't be read: its row is refused, or the cell is kept as text and the row imported. */
  unreadable: z.enum(["refuse", "keep"]),
  /** Rows read so far, of how many; null when nothing is under way. */
  progress: z.object({ done: z.number(), total: z.number().nullable() }).nullable(),
  counts: countsSchema.nullable(),
  /** The first 500; how many there are of each kind stands in `problemGroups`. */
  problems: z.array(problemSchema),
  problemGroups: z.array(problemGroupSchema),
  /** The first 500. */
  twins: z.array(duplicateSchema),
  operation: operationSchema.nullable(),
  /** The latest attempt to take the import back, whatever came of it. */
  undo: operationSchema.nullable(),
  error: z.string().nullable(),
  createdAt: z.string(),
})
const one = z.object({ data: importSchema })
const mappingSchema = z.object({
  id: z.string(),
  name: z.string(),
  entity: z.string(),
  headers: z.array(z.string()),
  createdAt: z.string(),
})

const names = z
  .string()
  .max(5000)
  .transform((text) => text.split(",").filter((part) => part !== ""))
const nameList = z.array(z.string().max(100)).max(200)
const exported = {
  entity: z.string().max(60),
  format: z.enum(["csv", "xlsx", "vcard"]).default("csv"),
  /** First line of a table: the API's names, or labels in the member's language. Both are read back. */
  header: z.enum(["keys", "labels"]).default("keys"),
}
const exportQuery = z.strictObject({
  ...exported,
  filter: filterTextSchema.optional(),
  sort: names.optional(),
  fields: names.optional(),
})
const exportBody = z.strictObject({
  ...exported,
  filter: filterSchema.optional(),
  sort: z.union([names, nameList]).optional(),
  fields: z.union([names, nameList]).optional(),
  /** These records only, as far as they fit the filter. */
  ids: z.array(z.guid().toLowerCase()).min(1).max(10_000).optional(),
})

export const transferEndpoints = defineEndpoints({
  "GET /imports": {
    summary: "Imports, newest first",
    permission: "imports:read",
    response: z.object({ data: z.array(importSchema) }),
  },
  "POST /imports": {
    summary:
      "Upload a file (multipart: file, entity); answers the recognised format, columns and suggested mapping",
    permission: "imports:create",
    status: 201,
    multipart: true,
    response: one,
  },
  "GET /imports/:id": {
    summary: "An import with its mapping, problems and progress",
    permission: "imports:read",
    params: idParams,
    response: one,
  },
  "PATCH /imports/:id": {
    summary: "Change mapping, reading of a column, decisions on duplicates, or repair a cell",
    permission: "imports:create",
    params: idParams,
    body: z.strictObject({
      entity: z.string().max(60).optional(),
      columns: z
        .array(
          z.strictObject({
            index: z.int().min(0),
            target: targetSchema.nullable().optional(),
            dateOrder: z.enum(dateOrders).nullable().optional().describe(orderWords),
            decimal: z.enum(decimals).nullable().optional().describe(decimalWords),
            onUpdate: z.enum(["fill", "overwrite"]).optional(),
          }),
        )
        .max(10_000)
        .optional(),
      /** For all rows with a twin. Unless it is given, likely twins are updated and doubtful ones kept apart. */
      duplicates: decisionSchema.optional(),
      decisions: z
        .array(z.strictObject({ line: z.int(), decision: decisionSchema.nullable() }))
        .max(10_000)
        .optional(),
      repairs: z
        .array(z.strictObject({ line: z.int(), column: z.int().min(0), value: z.string().max(20_000) }))
        .max(10_000)
        .optional(),
      unreadable: z.enum(["refuse", "keep"]).optional(),
      sheet: z.string().max(200).optional(),
      encoding: z.string().max(40).optional(),
      delimiter: z.string().length(1).optional(),
      headerless: z.boolean().optional(),
      saveMappingAs: z.string().trim().min(1).max(120).optional(),
      useMapping: z.guid().optional(),
    }),
    response: one,
  },
  "POST /imports/:id/check": {
    summary: "Read the whole file without writing: counts, problems, duplicates",
    permission: "imports:create",
    status: 202,
    params: idParams,
    response: one,
  },
  "POST /imports/:id/run": {
    summary: "Import in the background",
    permission: "imports:create",
    status: 202,
    params: idParams,
    response: one,
  },
  "POST /imports/:id/cancel": {
    summary: "Stop what is under way, an undo too; what was imported stays and can be undone",
    permission: "imports:create",
    params: idParams,
    response: one,
  },
  "POST /imports/:id/undo": {
    summary: "Take the import back, keeping what someone changed since",
    permission: "imports:create",
    status: 202,
    params: idParams,
    response: one,
  },
  "GET /imports/:id/rejects": {
    summary: "The refused rows as CSV, with reasons",
    permission: "imports:read",
    params: idParams,
    raw: true,
  },
  "GET /import-mappings": {
    summary: "Saved column mappings",
    permission: "imports:read",
    response: z.object({ data: z.array(mappingSchema) }),
  },
  "DELETE /import-mappings/:id": {
    summary: "Forget a saved mapping",
    permission: "imports:create",
    status: 204,
    params: idParams,
  },
  "GET /export": {
    summary: "Export a list as CSV, XLSX or vCard, streamed",
    permission: "exports:create",
    raw: true,
    query: exportQuery,
  },
  "POST /export": {
    summary: "The same with the parameters as a body: long filters, or chosen records by id",
    permission: "exports:create",
    raw: true,
    readOnly: true,
    body: exportBody,
  },
})

export type Import = z.output<typeof importSchema>
export type ImportColumn = z.output<typeof columnSchema>
export type ImportTarget = z.output<typeof targetSchema>
export type ImportCounts = z.output<typeof countsSchema>
export type ImportProblem = z.output<typeof problemSchema>
export type ImportTwin = z.output<typeof duplicateSchema>
export type ExportRequest = z.output<typeof exportBody>
export type TwinDecision = z.output<typeof decisionSchema>
