import type { EntityDeclaration } from "@regulars/contract/kernel/entity.ts"
import { splitPath } from "@regulars/contract/kernel/own-fields.ts"
import type { AppError } from "../errors.ts"
import type { Stayed } from "../records/linking.ts"

/** Records named in a result; the counts are complete. */
const mostNamed = 200

/** Names are not kept: they would outlive whom they belong to. */
export function leftAlone(
  entity: EntityDeclaration,
  record: { id: string },
  fields: string[],
  reason: string,
): Stayed {
  return { id: record.id, entity: entity.name, fields, reason }
}
/** The same for what a rule refused. */
export function refusedRecord(entity: EntityDeclaration, record: { id: string }, error: AppError): Stayed {
  const fields = namedFields(error)
  return leftAlone(entity, record, fields.length > 0 ? fields : ["record"], reasonOf(error))
}
export function reasonOf({ code, info }: AppError): string {
  return info.errors?.[0]?.code ?? code
}
/** Fields an error is about; a merge names them within its request. */
export function namedFields({ info }: AppError): string[] {
  const paths = (info.errors ?? []).map(({ path }) => splitPath(path.replace(/^fields\./, ""))[0])
  return [...new Set(paths)].filter((field) => field !== "")
}

/** Records that were left alone: how many, and the first of them. */
export interface LeftCount {
  count: number
  first: Stayed[]
}
/** A record that is left alone for two reasons stands there twice and counts once. */
export function addLeft(to: LeftCount, more: readonly Stayed[], unnamed = 0): void {
  to.count += new Set(more.map(({ id }) => id)).size + unnamed
  to.first.push(...more.slice(0, Math.max(0, mostNamed - to.first.length)))
}
