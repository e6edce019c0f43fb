/** A table with rows of workspaces, and its stored columns. */
export interface WorkspaceTable {
  name: string
  columns: string[]
  /** Columns the database counts up by itself. */
  counted: string[]
  /** Tables its foreign keys point at, itself left out. */
  needs: string[]
}
/**
 * Tables that belong to workspaces, as the database's catalogue has them: a new one is exported without anybody
 * thinking of it. Left out is what concerns one installation only: answers kept for repeated requests, and turns of
 * the clock.
 */
export const workspaceTablesQuery = `
  select c.relname as name,
    array(select a.attname::text from pg_attribute a
      where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = '' order by a.attnum) as columns,
    array(select a.attname::text from pg_attribute a where a.attrelid = c.oid and a.attidentity <> '') as counted,
    array(select distinct f.confrelid::regclass::text from pg_constraint f
      where f.conrelid = c.oid and f.contype = 'f' and f.confrelid <> c.oid and f.connamespace = c.relnamespace
        and f.confrelid in (select oid from pg_class where relnamespace = c.relnamespace)) as needs
  from pg_class c
  where c.relnamespace = 'public'::regnamespace and c.relkind = 'r'
    and (c.relname = 'workspaces' or exists (
      select from pg_attribute k where k.attrelid = c.oid and k.attname = 'workspace_id' and not k.attisdropped))
    and c.relname not in ('idempotency_keys', 'schedule_turns')
  order by c.relname`

/** So that each table comes after those it points at. Throws when tables point at each other in a circle. */
export function parentsFirst(tables: readonly WorkspaceTable[]): WorkspaceTable[] {
  const ordered: WorkspaceTable[] = []
  const isDone = (name: string) =>
    ordered.some((table) => table.name === name) || !tables.some((table) => table.name === name)
  while (ordered.length < tables.length) {
    const next = tables.filter(({ name, needs }) => !isDone(name) && needs.every(isDone))
    if (next.length === 0) throw new Error("Tables of workspaces point at each other in a circle.")
    ordered.push(...next)
  }
  return ordered
}
/** Where the rows of a table lie in an export, one JSON object a line. */
export function linesOf(table: string): string {
  return `tables/${table}.jsonl`
}
