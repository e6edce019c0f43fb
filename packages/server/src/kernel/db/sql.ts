import {
  type CompiledQuery,
  DummyDriver,
  Kysely,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  type RawBuilder,
  sql,
} from "kysely"
import type { DB } from "./generated/tables.ts"

/** Builds and compiles queries only; `transaction.ts` runs them. */
const builder = new Kysely<DB>({
  dialect: {
    createAdapter: () => new PostgresAdapter(),
    createDriver: () => new DummyDriver(),
    createIntrospector: (db) => new PostgresIntrospector(db),
    createQueryCompiler: () => new PostgresQueryCompiler(),
  },
})

export { sql }
export type Sql<T = unknown> = RawBuilder<T>
export type Query<T> = RawBuilder<T> | { compile(): CompiledQuery<T> }

export function compile<T>(query: Query<T>): { text: string; values: readonly unknown[] } {
  const compiled =
    "toOperationNode" in query && "as" in query
      ? query.compile(builder)
      : (query as { compile(): CompiledQuery<T> }).compile()
  return { text: compiled.sql, values: compiled.parameters }
}
/** Joins conditions with "and"; none means true. */
export function allOf(conditions: readonly Sql[]): Sql {
  return conditions.length === 0 ? sql`true` : sql`(${sql.join(conditions, sql` and `)})`
}
export function anyOf(conditions: readonly Sql[]): Sql {
  return conditions.length === 0 ? sql`false` : sql`(${sql.join(conditions, sql` or `)})`
}
/** Escapes the wildcards of LIKE. */
export function likeText(text: string): string {
  return text.replace(/[\\%_]/g, (character) => `\\${character}`)
}
