import type pg from "pg"

/** Checksum of every table's rows, by table; equal before and after means that nothing was written. */
export async function tableSums(
  pool: pg.Pool,
  options: { workspaceId?: string; except?: string[] } = {},
): Promise<Record<string, string>> {
  const { rows: tables } = await pool.query<{ schema: string; name: string; tenant: boolean }>(
    `select t.table_schema as schema, t.table_name as name, exists (
       select from information_schema.columns c
       where c.table_schema = t.table_schema and c.table_name = t.table_name and c.column_name = 'workspace_id') as tenant
     from information_schema.tables t where t.table_schema in ('public', 'auth') and t.table_type = 'BASE TABLE'`,
  )
  const sums: Record<string, string> = {}
  for (const { schema, name, tenant } of tables) {
    if (options.except?.includes(name)) continue
    if (options.workspaceId && !tenant) continue
    const where = options.workspaceId ? "where workspace_id = $1" : ""
    const { rows } = await pool.query<{ sum: string }>(
      `select coalesce(md5(string_agg(md5(r::text), '' order by md5(r::text))), '') as sum from "${schema}"."${name}" r ${where}`,
      options.workspaceId ? [options.workspaceId] : [],
    )
    sums[`${schema}.${name}`] = rows[0]?.sum ?? ""
  }
  return sums
}
