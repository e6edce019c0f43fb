import type { Operation } from "@regulars/contract/domains/general.endpoints.ts"
import type { Import, ImportTwin, TwinDecision } from "@regulars/contract/domains/transfer.endpoints.ts"
import { chooseLanguage, type Translate } from "@regulars/locales/runtime.ts"
import { translatorFor } from "@regulars/locales/server.ts"
import type { Context } from "../../kernel/context.ts"
import { getOperations } from "../../kernel/operations/operations.ts"
import { type ImportRow, latestUndos, readRejects, type StoredProblem } from "./imports.queries.ts"
import type { Likeness } from "./match-keys.ts"
import type { CellProblem } from "./rows/draft.ts"

/** Problems and twins that an answer lists. */
export const mostListed = 500

/** What is done about a row's twin: what was decided for it, else for all, else by how sure it is. */
export function deciderOf(
  row: Pick<ImportRow, "decisions" | "duplicates">,
): (line: number, likeness: Likeness) => TwinDecision {
  return (line, likeness) =>
    row.decisions[line] ?? row.duplicates ?? (likeness === "sure" ? "update" : "keepBoth")
}

/** An import as the API answers it, texts in the caller's language. */
export async function viewOf(ctx: Context, row: ImportRow): Promise<Import> {
  const { operation, undo } = await workOn(ctx, [row])
  const problems = operation(row) ? await refusedCells(ctx, row.id) : row.problems
  return view(ctx, row, { operation: operation(row), undo: undo(row), problems })
}
/** Imports as a list shows them: without problems, in one statement for all of their operations. */
export async function viewList(ctx: Context, rows: readonly ImportRow[]): Promise<Import[]> {
  const { operation, undo } = await workOn(ctx, rows)
  return rows.map((row) => view(ctx, row, { operation: operation(row), undo: undo(row), problems: [] }))
}

type OperationOf = (row: Pick<ImportRow, "operationId">) => Operation | null
/** The operations that imported, and those that took it back. */
async function workOn(
  ctx: Context,
  rows: readonly ImportRow[],
): Promise<{ operation: OperationOf; undo: OperationOf }> {
  const ids = rows.flatMap(({ operationId }) => operationId ?? [])
  const undos = await latestUndos(ctx, ids)
  const found = await getOperations(ctx, [...ids, ...undos.values()])
  const byId = new Map(found.map((operation) => [operation.id, operation]))
  return {
    operation: ({ operationId }) => byId.get(operationId ?? "") ?? null,
    undo: ({ operationId }) => byId.get(undos.get(operationId ?? "") ?? "") ?? null,
  }
}

interface Facts {
  operation: Operation | null
  undo: Operation | null
  problems: readonly StoredProblem[]
}
function view(ctx: Context, row: ImportRow, { operation, undo, problems }: Facts): Import {
  const t = translatorFor(chooseLanguage([ctx.language]))
  const { details } = row
  const decide = deciderOf(row)
  return {
    id: row.id,
    entity: row.entity,
    status: statusOf(row, operation),
    fileName: row.fileName,
    format: row.format,
    encoding: details.encoding,
    encodingIsGuess: details.encodingIsGuess,
    delimiter: details.delimiter,
    sheets: details.sheets,
    sheet: details.sheet,
    headerless: details.headerless,
    source: details.source,
    mappingName: row.mappingName,
    bytes: details.bytes,
    columns: row.columns,
    duplicates: row.duplicates ?? "update",
    unreadable: row.unreadable,
    progress: progressOf(row, operation),
    counts: row.counts,
    problems: problems.map((problem) => ({
      line: problem.line,
      column: problem.column,
      header: headerOf(row, problem.column),
      value: problem.value,
      code: problem.code,
      message: problemText(t, problem),
    })),
    problemGroups: row.problemGroups.map(({ column, code, limit, rows }) => ({
      column,
      header: headerOf(row, column),
      code,
      message: problemText(t, { code, limit }),
      rows,
    })),
    twins: row.twins.map(({ likeness, ...twin }): ImportTwin => {
      const decision = row.decisions[twin.line] ?? null
      return { ...twin, decision, action: decide(twin.line, likeness) }
    }),
    operation,
    undo,
    error: row.error,
    createdAt: row.createdAt,
  }
}
/** Once it runs, an import's fate is its operation's, which can also be cancelled and undone by itself. */
function statusOf(row: ImportRow, operation: Operation | null): Import["status"] {
  if (!operation) return row.status
  return operation.status === "queued" ? "running" : operation.status
}
function progressOf({ status, position, total }: ImportRow, operation: Operation | null): Import["progress"] {
  if (operation) return { done: operation.done, total: operation.total }
  return status === "checking" ? { done: position, total } : null
}
async function refusedCells(ctx: Context, importId: string): Promise<StoredProblem[]> {
  const rejects = await readRejects(ctx, importId, -1, mostListed)
  return rejects
    .flatMap(({ line, problems }) => problems.map((problem) => ({ ...problem, line })))
    .slice(0, mostListed)
}
export function headerOf(row: Pick<ImportRow, "columns">, column: number | null): string | null {
  return column === null ? null : (row.columns[column]?.header ?? null)
}
export function problemText(t: Translate, { code, limit }: Pick<CellProblem, "code" | "limit">): string {
  return t.find(`import.problem.${code}`, { limit }) ?? t("import.problem.value_invalid")
}
