import { canBeAsked, type StageOptions, stageOptions } from "@regulars/contract/domains/deals.ts"
import type { Pipeline } from "@regulars/contract/domains/pipelines.endpoints.ts"
import { type ListedChoice, listed } from "@regulars/contract/kernel/choice-lists.ts"
import { fold } from "@regulars/contract/kernel/fold.ts"
import type { Context } from "../../kernel/context.ts"
import { invalid, notFound } from "../../kernel/errors.ts"
import {
  idFrom,
  livingChoice,
  moveRecords,
  namer,
  placed,
  requireUnheld,
  writeList,
} from "../choices/index.ts"

const lists = { pipelines: "dealPipelines", stages: "dealStages" } as const
type Given<T> = { [K in keyof T]?: T[K] | undefined }
interface ChoiceChanges {
  label?: string | undefined
  color?: string | null | undefined
  position?: number | undefined
}
export type StageChanges = ChoiceChanges & Given<StageOptions>
export type NewStage = StageChanges & { label: string }
export type NewPipeline = ChoiceChanges & { label: string; stages?: NewStage[] | undefined }

const isLiving = ({ deletedAt }: ListedChoice) => deletedAt === null
function listsOf({ registry }: Context): {
  pipelines: readonly ListedChoice[]
  stages: readonly ListedChoice[]
} {
  return {
    pipelines: registry.choiceLists[lists.pipelines] ?? [],
    stages: registry.choiceLists[lists.stages] ?? [],
  }
}

export function listPipelines(ctx: Context): Pipeline[] {
  const { pipelines, stages } = listsOf(ctx)
  return pipelines.filter(isLiving).map((pipeline) => told(ctx, pipeline, stages))
}
function told(ctx: Context, pipeline: ListedChoice, stages: readonly ListedChoice[]): Pipeline {
  const nameOfPipeline = namer(ctx, lists.pipelines)
  const nameOfStage = namer(ctx, lists.stages)
  return {
    id: pipeline.id,
    label: pipeline.label,
    name: nameOfPipeline(pipeline),
    color: pipeline.color,
    stages: stages
      .filter((stage) => isLiving(stage) && stage.group === pipeline.id)
      .map((stage) => {
        const { requires, leaves, checklist, ...options } = stageOptions(stage)
        return {
          ...{ id: stage.id, label: stage.label, name: nameOfStage(stage), color: stage.color },
          ...options,
          ...{ requires: [...requires], leaves: [...leaves], checklist: [...checklist] },
        }
      }),
  }
}

/** Throws `validation_failed` for a name that is taken and for stages without an open one. */
export function addPipeline(ctx: Context, given: NewPipeline): Pipeline {
  const { pipelines, stages } = listsOf(ctx)
  const pipeline = {
    ...listed(idFrom(given.label, pipelines), { color: given.color ?? null }),
    label: given.label,
  }
  const first = pipelines.find(isLiving)
  const nameOf = namer(ctx, lists.stages)
  const begun: readonly NewStage[] =
    given.stages ??
    stages
      .filter((stage) => isLiving(stage) && stage.group === first?.id)
      .map((stage) => ({
        ...optionsOf(ctx, {}, stageOptions(stage)),
        label: nameOf(stage),
        color: stage.color,
      }))
  const all = [...stages]
  for (const stage of begun) all.push(newStage(ctx, pipeline.id, stage, all))
  requireOpen(all, pipeline.id)
  writeList(ctx, lists.pipelines, placed(pipelines, pipeline, given.position))
  writeList(ctx, lists.stages, all)
  return told(ctx, pipeline, all)
}
export function changePipeline(ctx: Context, id: string, changes: ChoiceChanges): Pipeline {
  const { pipelines, stages } = listsOf(ctx)
  const pipeline = changed(livingChoice(pipelines, id), changes)
  writeList(ctx, lists.pipelines, placed(pipelines, pipeline, changes.position))
  return told(ctx, pipeline, stages)
}
/** Throws `conflict` while deals stand in it and nothing says where they go, and for the last one. */
export async function removePipeline(ctx: Context, id: string, moveTo: string | undefined): Promise<void> {
  const { pipelines, stages } = listsOf(ctx)
  const pipeline = livingChoice(pipelines, id)
  if (pipelines.filter(isLiving).length === 1) throw invalid("id", "required", "one pipeline has to stay")
  const own = stages.filter((stage) => stage.group === id)
  if (moveTo !== undefined) requireTarget(stages, moveTo, own)
  await moveRecords(
    ctx,
    lists.stages,
    own.map((stage) => stage.id),
    moveTo,
  )
  const deletedAt = ctx.now().toISOString()
  writeList(
    ctx,
    lists.stages,
    stages.map((stage) =>
      own.includes(stage) ? { ...stage, deletedAt: stage.deletedAt ?? deletedAt } : stage,
    ),
  )
  writeList(ctx, lists.pipelines, placed(pipelines, { ...pipeline, deletedAt }, undefined))
}

export function addStage(ctx: Context, pipelineId: string, given: NewStage): Pipeline {
  const { pipelines, stages } = listsOf(ctx)
  const pipeline = livingChoice(pipelines, pipelineId)
  const stage = newStage(ctx, pipelineId, given, stages)
  const all = placed(stages, stage, given.position ?? placeOf(stage, stages))
  writeList(ctx, lists.stages, all)
  return told(ctx, pipeline, all)
}
/**
 * Throws `validation_failed` for fields deals do not have and where no open stage would be left, `conflict` where deals
 * that stand in it would be won, lost or opened again by it.
 */
export async function changeStage(
  ctx: Context,
  pipelineId: string,
  id: string,
  changes: StageChanges,
): Promise<Pipeline> {
  const { pipelines, stages } = listsOf(ctx)
  const pipeline = livingChoice(pipelines, pipelineId)
  const before = stageOf(stages, pipelineId, id)
  const stage = {
    ...changed(before, changes),
    options: { ...optionsOf(ctx, changes, stageOptions(before)) },
  }
  const all = placed(stages, stage, changes.position)
  requireOpen(all, pipelineId)
  if (stageOptions(stage).kind !== stageOptions(before).kind) await requireUnheld(ctx, lists.stages, [id])
  writeList(ctx, lists.stages, all)
  return told(ctx, pipeline, all)
}
/** Throws `conflict` while deals stand in it and nothing says where they go. */
export async function removeStage(
  ctx: Context,
  pipelineId: string,
  id: string,
  moveTo: string | undefined,
): Promise<void> {
  const { stages } = listsOf(ctx)
  const stage = stageOf(stages, pipelineId, id)
  const all = placed(stages, { ...stage, deletedAt: ctx.now().toISOString() }, undefined)
  requireOpen(all, pipelineId)
  if (moveTo !== undefined) requireTarget(stages, moveTo, [stage])
  await moveRecords(ctx, lists.stages, [id], moveTo)
  writeList(ctx, lists.stages, all)
}

function stageOf(stages: readonly ListedChoice[], pipelineId: string, id: string): ListedChoice {
  const stage = livingChoice(stages, id)
  if (stage.group !== pipelineId) throw notFound()
  return stage
}
function changed(entry: ListedChoice, { label, color }: ChoiceChanges): ListedChoice {
  return { ...entry, label: label ?? entry.label, color: color === undefined ? entry.color : color }
}
function newStage(
  ctx: Context,
  pipelineId: string,
  given: NewStage,
  others: readonly ListedChoice[],
): ListedChoice {
  const options = { ...optionsOf(ctx, given) }
  const stage = listed(idFrom(given.label, others), {
    color: given.color ?? null,
    group: pipelineId,
    options,
  })
  return { ...stage, label: given.label }
}
/** An open stage comes before those that close a deal. */
function placeOf(stage: ListedChoice, stages: readonly ListedChoice[]): number | undefined {
  if (stageOptions(stage).kind !== "open") return undefined
  const beside = stages.filter((one) => isLiving(one) && one.group === stage.group)
  const firstClosed = beside.findIndex((one) => stageOptions(one).kind !== "open")
  return firstClosed < 0 ? undefined : firstClosed
}
/**
 * What is kept of a stage's options; what is won or lost is certain. What it asked for before and deals can't be asked
 * for any more is left out; throws `validation_failed` where that is newly asked for.
 */
function optionsOf(ctx: Context, given: Given<StageOptions>, before?: StageOptions): StageOptions {
  const known = stageOptions({ options: { ...before, ...withoutUndefined(given) } })
  const { kind, days } = known
  const fields = ctx.registry.entity("deals")?.fields ?? {}
  const asked = (list: "requires" | "leaves") => {
    // Whoever goes on may be going anywhere, so only what any deal can have is asked for.
    const within = list === "leaves" ? "open" : kind
    const canBe = (key: string) =>
      canBeAsked(key, Object.hasOwn(fields, key) ? fields[key] : undefined, within)
    const fresh = known[list].find((key) => !canBe(key) && !before?.[list].includes(key))
    if (fresh !== undefined)
      throw Object.hasOwn(fields, fresh)
        ? invalid(list, "invalid_value", `"${fresh}" can't be filled in this stage`)
        : invalid(list, "unknown_field", `"${fresh}" is no field of deals`)
    return known[list].filter(canBe)
  }
  const probability = kind === "won" ? 100 : kind === "lost" ? 0 : known.probability
  const checklist = [...new Map(known.checklist.map((item) => [fold(item), item])).values()]
  return { kind, probability, days, requires: asked("requires"), leaves: asked("leaves"), checklist }
}
function withoutUndefined<T extends object>(values: T): Record<string, unknown> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined))
}
/** Deals begin somewhere. */
function requireOpen(stages: readonly ListedChoice[], pipelineId: string): void {
  const isOpen = (stage: ListedChoice) =>
    isLiving(stage) && stage.group === pipelineId && stageOptions(stage).kind === "open"
  if (!stages.some(isOpen)) throw invalid("kind", "required", "a pipeline needs an open stage")
}
function requireTarget(
  stages: readonly ListedChoice[],
  moveTo: string,
  leaving: readonly ListedChoice[],
): void {
  const isThere = stages.some((stage) => stage.id === moveTo && isLiving(stage) && !leaving.includes(stage))
  if (!isThere) throw invalid("moveTo", "invalid_value", "is no stage that stays")
}
