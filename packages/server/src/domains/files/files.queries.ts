import { entityList } from "@regulars/contract/entities.ts"
import type { EntityDeclaration } from "@regulars/contract/kernel/entity.ts"
import { seesNamed } from "../../kernel/access/policy.ts"
import { usableEntity } from "../../kernel/access/usable.ts"
import type { Context } from "../../kernel/context.ts"
import { anyOf, sql } from "../../kernel/db/sql.ts"

export interface FileRow {
  id: string
  hash: string
  name: string
  mediaType: string
  size: number
  createdBy: string | null
  createdAt: string
}
const columns = sql`id, hash, name, media_type as "mediaType", size, created_by as "createdBy", created_at as "createdAt"`

export async function insertFile(ctx: Context, file: FileRow): Promise<void> {
  await ctx.tx.rows(sql`
    insert into files (workspace_id, id, hash, name, media_type, size, created_by, created_at)
    values (${ctx.workspaceId}, ${file.id}, ${file.hash}, ${file.name}, ${file.mediaType}, ${file.size}, ${file.createdBy}, ${file.createdAt})`)
}
export async function findFiles(ctx: Context, ids: readonly string[]): Promise<FileRow[]> {
  if (ids.length === 0) return []
  return ctx.tx.rows<FileRow>(
    sql`select ${columns} from files where workspace_id = ${ctx.workspaceId} and id = any (${ids}::uuid[])`,
  )
}

export interface Attachment {
  entity: string
  /** The record it is attached to lies in the bin. */
  deleted: boolean
}
/** The fields that can hold files, of every entity; their values stand in the look-up index. */
const fileFields = entityList.flatMap((entity) =>
  Object.entries(entity.fields).flatMap(([key, field]) =>
    field.type === "file" || field.type === "files" ? [{ entity, key }] : [],
  ),
)
/** The records a file is attached to that the caller sees, dead or alive. */
export async function attachmentsOf(ctx: Context, fileId: string): Promise<Attachment[]> {
  const isDeleted = (entity: EntityDeclaration) => sql`
    (v.entity = ${entity.name} and exists (
      select from ${sql.table(entity.name)} r where r.workspace_id = v.workspace_id and r.id = v.record_id and r.deleted_at is not null))`
  const usable = fileFields.filter(({ entity, key }) => key in usableEntity(ctx, entity).fields)
  const entities = [...new Set(fileFields.map(({ entity }) => entity))]
  const seen = seesNamed(ctx, { type: sql`v.entity`, id: sql`v.record_id`, by: "name" })
  const parts = usable.map(
    ({ entity, key }) => sql`(v.entity = ${entity.name} and v.field = ${key} and v.value = ${fileId})`,
  )
  return ctx.tx.rows<Attachment>(sql`
    select v.entity, ${anyOf(entities.map(isDeleted))} as deleted from record_values v
    where v.workspace_id = ${ctx.workspaceId} and ${anyOf(parts)} ${seen ? sql`and ${seen}` : sql``}`)
}

/** Until the end of the transaction: `shared` by those who give content a row, `alone` for who removes it without one. */
export async function lockContent(ctx: Context, hash: string, how: "shared" | "alone"): Promise<void> {
  const lock = sql.raw(how === "shared" ? "pg_advisory_xact_lock_shared" : "pg_advisory_xact_lock")
  await ctx.tx.rows(sql`select ${lock}(hashtextextended(${`content ${hash}`}, 0))`)
}
/** Which contents any workspace has a file of; the function sees past this workspace's wall and tells nothing else. */
export async function contentsInUse(ctx: Context, hashes: readonly string[]): Promise<Set<string>> {
  const rows = await ctx.tx.rows<{ hash: string }>(
    sql`select hash from contents_in_use(${hashes}::text[]) hash`,
  )
  return new Set(rows.map(({ hash }) => hash))
}
