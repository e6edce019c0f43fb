import type pg from "pg"

export interface FoundColumn {
  table: string
  column: string
}
/** Ids of what is no record. */
const otherIds = ["workspace_id", "operation_id", "event_id", "actor_id", "merge_id", "member_id"]

/** Columns with a foreign key to the id of any of these tables. */
export async function foreignKeysTo(pool: pg.Pool, tables: readonly string[]): Promise<FoundColumn[]> {
  const { rows } = await pool.query<FoundColumn>(
    `select c.conrelid::regclass::text as "table", a.attname as column
     from pg_constraint c
     cross join unnest(c.conkey, c.confkey) as part(own, other)
     join pg_attribute a on a.attrelid = c.conrelid and a.attnum = part.own
     join pg_attribute f on f.attrelid = c.confrelid and f.attnum = part.other
     where c.contype = 'f' and f.attname = 'id' and c.confrelid = any ($1::text[]::regclass[])
     order by 1, 2`,
    [tables],
  )
  return rows
}

/**
 * Columns without a foreign key that hold ids of records of any kind: `record_id`, `subject_id`, the id of one of
 * these (`person_id`), or any id in a table with a column `entity` or `…_type`.
 */
export async function idColumns(pool: pg.Pool, singulars: readonly string[]): Promise<FoundColumn[]> {
  const names = ["record", "subject", ...singulars].flatMap((name) => [`${name}_id`, `${name}_ids`])
  const { rows } = await pool.query<FoundColumn>(
    `select c.relname as "table", a.attname as column
     from pg_class c join pg_attribute a on a.attrelid = c.oid
     where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not a.attisdropped
       and a.atttypid in ('uuid'::regtype, 'uuid[]'::regtype) and a.attname ~ '_ids?$' and a.attname <> all ($1)
       and (a.attname = any ($2) or exists (
         select from pg_attribute k
         where k.attrelid = c.oid and not k.attisdropped and (k.attname = 'entity' or k.attname ~ '_type$')))
       and not exists (
         select from pg_constraint f where f.conrelid = c.oid and f.contype = 'f' and a.attnum = any (f.conkey))
     order by 1, 2`,
    [otherIds, names],
  )
  return rows
}
