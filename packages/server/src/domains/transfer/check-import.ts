import type { ImportCounts } from "@regulars/contract/domains/transfer.endpoints.ts"
import type { Services } from "../../kernel/context.ts"
import { asSystem } from "../../kernel/jobs/run.ts"
import { claimImport, telling } from "./claim-import.ts"
import { countPlan, noCounts } from "./counting.ts"
import { columnFinder, mergeRulesOf, openDrafts, sourceOf } from "./draft-stream.ts"
import { deciderOf, mostListed } from "./import-view.ts"
import { importableEntity } from "./importable.ts"
import {
  type ImportRow,
  type ProblemGroup,
  type StoredProblem,
  type StoredTwin,
  updateImport,
} from "./imports.queries.ts"
import { uploadHash } from "./imports.service.ts"
import { type ChunkPlan, type PlanOptions, planChunk } from "./plan-chunk.ts"
import type { CellProblem, Draft } from "./rows/draft.ts"
import { SeenFile } from "./seen-rows.ts"

/**
 * Reads the whole file and works out what a run would do, without writing: counts, problems on their cells,
 * twins. Starts over when its process died; stops when the check is cancelled or replaced by another.
 */
export async function checkImport(services: Services, workspaceId: string, importId: string): Promise<void> {
  const claimed = await claimImport(services, workspaceId, importId, "checking")
  if (!claimed) return
  const { token } = claimed
  const row: ImportRow = { ...claimed.row, position: 0 }
  const seen = new SeenFile()
  const findings: Findings = { counts: noCounts, problems: [], groups: new Map(), twins: [] }
  const hash = await asSystem(services, workspaceId, 0, (ctx) => uploadHash(ctx, row))
  const path = await services.contents.pathOf(hash)
  const { stream, entity } = await asSystem(services, workspaceId, 0, async (ctx) => ({
    stream: await openDrafts(ctx, row, path),
    entity: importableEntity(ctx, row.entity),
  }))
  const options: PlanOptions = {
    entity,
    source: sourceOf(row),
    rules: mergeRulesOf(entity, row),
    columnOf: columnFinder(entity, row),
    decide: deciderOf(row),
    earlier: seen,
    withParents: true,
  }
  try {
    let position = 0
    for (let drafts = await stream.next(); drafts; drafts = await stream.next()) {
      const chunk: Draft[] = drafts
      stream.readAhead()
      position += chunk.length
      const goesOn = await asSystem(services, workspaceId, 0, async (ctx) => {
        const plan = await planChunk(ctx, chunk, options)
        collect(findings, plan)
        rememberLinked(seen, plan, options)
        telling(ctx, importId)
        return updateImport(ctx, importId, { position }, token)
      })
      seen.settle()
      if (!goesOn) return
    }
    await asSystem(services, workspaceId, 0, async (ctx) => {
      const { counts, problems, groups, twins } = findings
      telling(ctx, importId)
      await updateImport(
        ctx,
        importId,
        {
          status: "checked",
          counts,
          problems,
          problemGroups: [...groups.values()],
          twins,
          total: position,
          position,
          jobToken: null,
        },
        token,
      )
    })
  } finally {
    seen.close()
    await stream.close()
  }
}

interface Findings {
  counts: ImportCounts
  problems: StoredProblem[]
  groups: Map<string, ProblemGroup>
  twins: StoredTwin[]
}
/** Most kinds of problems told apart; a file with more is not the file somebody meant. */
const mostGroups = 200

function collect(findings: Findings, plan: ChunkPlan): void {
  findings.counts = countPlan(findings.counts, plan)
  for (const { draft, twin } of plan.rows) {
    if (twin && findings.twins.length < mostListed) findings.twins.push(twin)
    for (const problem of draft.problems) {
      if (findings.problems.length < mostListed) findings.problems.push({ ...problem, line: draft.line })
      countGroup(findings.groups, problem)
    }
  }
}
function countGroup(groups: Map<string, ProblemGroup>, { column, code, limit }: CellProblem): void {
  const key = `${column} ${code}`
  const group = groups.get(key)
  if (group) group.rows++
  else if (groups.size < mostGroups)
    groups.set(key, { column, code, rows: 1, ...(limit !== undefined && { limit }) })
}
/** Parents that a run would have made by now: a later row of that name joins them. */
function rememberLinked(seen: SeenFile, { linked }: ChunkPlan, { entity }: PlanOptions): void {
  for (const { target, name } of linked) if (target === entity.name) seen.addNamed(name)
}
