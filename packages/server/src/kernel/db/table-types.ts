import type pg from "pg"

/** TypeScript type by PostgreSQL type, as the pools' parsers return it. */
const types: Record<string, string> = {
  _int8: "string[]",
  _text: "string[]",
  _uuid: "string[]",
  bool: "boolean",
  bytea: "Buffer",
  date: "string",
  float4: "number",
  float8: "number",
  int2: "number",
  int4: "number",
  int8: "number",
  jsonb: "JsonColumn",
  text: "string",
  time: "string",
  timestamptz: "string",
  uuid: "string",
}
const head = `// Made by \`npm run generate\` from the migrated database; never edited by hand.
import type { ColumnType, Generated } from "kysely"

/** JSON is read parsed and written as text. */
export type JsonColumn = ColumnType<unknown, string, string>
`

interface Column {
  schema: string
  table: string
  column: string
  type: string
  nullable: boolean
  defaulted: boolean
}

/** The row types of every table, as the text of a module. */
export async function tableTypes(pool: pg.Pool): Promise<string> {
  const { rows } = await pool.query<Column>(
    `select table_schema as schema, table_name as "table", column_name as "column", udt_name as type,
       is_nullable = 'YES' as nullable, column_default is not null as defaulted
     from information_schema.columns
     where table_schema in ('public', 'auth') and table_name not like 'kysely%' and table_name not like 'pg\\_%'
     order by table_schema desc, table_name, ordinal_position`,
  )
  const tables = Map.groupBy(rows, (row) =>
    row.schema === "public" ? row.table : `${row.schema}.${row.table}`,
  )
  const interfaces: string[] = []
  const members: string[] = []
  for (const [table, columns] of tables) {
    const name = table.replace(/(^|[._])([a-z])/g, (_, __, letter: string) => letter.toUpperCase())
    interfaces.push(`export interface ${name} {\n${columns.map(columnLine).join("")}}\n`)
    members.push(`  ${/\W/.test(table) ? JSON.stringify(table) : table}: ${name}\n`)
  }
  return `${head}\n${interfaces.join("\n")}\nexport interface DB {\n${members.join("")}}\n`
}

function columnLine({ column, type, nullable, defaulted }: Column): string {
  const base = types[type]
  if (!base) throw new Error(`No TypeScript type is known for the column type ${type} of ${column}`)
  const value = nullable ? `${base} | null` : base
  return `  ${column}: ${defaulted ? `Generated<${value}>` : value}\n`
}
