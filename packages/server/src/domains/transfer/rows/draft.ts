import type { ImportColumn } from "@regulars/contract/domains/transfer.endpoints.ts"
import type { EntityDeclaration } from "@regulars/contract/kernel/entity.ts"
import type { RecordReference } from "@regulars/contract/kernel/fields.ts"
import type { Values } from "../../../kernel/records/columns.ts"

/** Why a row can't be imported: `column` is the index of the cell, or null for the row as a whole. */
export interface CellProblem {
  column: number | null
  code: string
  value: string
  /** The number the message names: a longest length, an expected count. */
  limit?: number
}

/** A record that a row refers to by name, id or id in the product it comes from; found or made before writing. */
export interface LinkWish {
  /** Plural name of an entity, or `members`. */
  target: string
  id?: string
  name?: string
  externalId?: string
  /** Where the id goes: a field, or a part of the entry at `index` of a list. */
  field: string
  index?: number
  part?: string
  /** Where it stands in the file: a name that nobody bears is kept under the header, or complained about. */
  header: string
  column?: number
}
/** Records of several kinds that a row is about: by reference where these stand here, else by name; never made. */
export interface AboutWish {
  field: string
  targets: readonly string[]
  references: RecordReference[]
  names: string[]
  header: string
  column?: number
}

/** One row, understood: what would be written, and what can't be. */
export interface Draft {
  line: number
  /** As in the file, with the repairs made; what a refused row gives back. */
  cells: readonly string[]
  /** In the form that is stored; links are missing until their wishes are fulfilled. */
  values: Values
  /** Texts without a field of their own, for entities that have no preferences: `[header, text]`. */
  lines: [key: string, text: string][]
  links: LinkWish[]
  about: AboutWish[]
  notes: string[]
  /** ISO instant. */
  createdAt?: string
  /** Id of the record in this product, from an export of ours. */
  ownId?: string
  /** Id of the record in the product the file comes from. */
  externalId?: string
  problems: CellProblem[]
  /** No cell holds anything: not a row to speak of. */
  isBlank: boolean
}

/** Reason of columns that come from an export of ours: their cells are read exactly as they were written. */
export const ownReason = "own"
export function isOwn(column: Pick<ImportColumn, "reason">): boolean {
  return column.reason === ownReason
}

/** The record's field that a target writes, where the two are named differently. */
const writtenFields: Record<string, string> = {
  companyName: "companyId",
  parentName: "parentId",
  source: "sourceId",
  location: "locationId",
  owner: "ownerId",
  consent: "consents",
  middleName: "givenName",
  department: "preferences",
  photoUrl: "preferences",
}
export function writtenField(entity: EntityDeclaration, { field }: { field: string }): string {
  return field in entity.fields ? field : (writtenFields[field] ?? field)
}
