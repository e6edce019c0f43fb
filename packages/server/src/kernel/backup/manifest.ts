import { z } from "zod"
import packageInfo from "../../../package.json" with { type: "json" }

export const productVersion: string = packageInfo.version
/** Goes up when an older product could not read the archive any more. */
export const formatVersion = 1

const member = z.strictObject({ name: z.string(), size: z.number(), sha256: z.string().length(64) })
const table = z.strictObject({
  schema: z.string(),
  name: z.string(),
  columns: z.array(z.string()),
  rows: z.number(),
  /** How many members `tables/<schema>.<name>/NNNNN.gz` hold it; unpacked one after the other, its COPY text. */
  parts: z.number(),
})
/** The last member but one of a backup: what is in it and what it was made from. */
export const manifestSchema = z.strictObject({
  format: z.literal(formatVersion),
  product: z.string(),
  createdAt: z.string(),
  /** Name of the newest migration of the database. */
  migration: z.string(),
  /** Version of the PostgreSQL server. */
  postgres: z.string(),
  tables: z.array(table),
  sequences: z.array(
    z.strictObject({ schema: z.string(), name: z.string(), value: z.string(), called: z.boolean() }),
  ),
  /** Files of which the store had no content when it was made. */
  missing: z.number().optional(),
  members: z.array(member),
})
export type Manifest = z.output<typeof manifestSchema>
export type ManifestTable = z.output<typeof table>

export function partName(table: { schema: string; name: string }, part: number): string {
  return `tables/${table.schema}.${table.name}/${String(part).padStart(5, "0")}.gz`
}
/** Content of the file store: its own path below `files/`. */
export const filePrefix = "files/"
export const manifestName = "manifest.json"
export const sealName = "sha256.txt"
