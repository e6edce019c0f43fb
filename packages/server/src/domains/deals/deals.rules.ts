import { stageOptions } from "@regulars/contract/domains/deals.ts"
import { type Line, lineProblem, totalsOf } from "@regulars/contract/domains/lines.ts"
import type { ChoiceLists, ListedChoice } from "@regulars/contract/kernel/choice-lists.ts"
import type { EntityDeclaration } from "@regulars/contract/kernel/entity.ts"
import type { MoneyValue } from "@regulars/contract/kernel/fields.ts"
import { fold } from "@regulars/contract/kernel/fold.ts"
import type { CheckedChange } from "../../kernel/context.ts"
import { AppError, invalid } from "../../kernel/errors.ts"
import type { StoredRecord, Values } from "../../kernel/records/columns.ts"

export interface Setting {
  /** Now, as an ISO instant. */
  now: string
  /** The workspace's day. */
  today(): string
  /** What amounts are in where nothing is said. */
  currency: string
  lists: ChoiceLists
}

/** Fields that follow from others, and those they follow from. */
export const prepared = [
  ...["pipeline", "stage", "status", "stageSince", "probability", "amount", "lines", "weighted"],
  ...["openedOn", "closedOn", "wonReason", "lostReason", "lostNote"],
]

/**
 * Completes what is written to a deal: the stage decides pipeline and status, brings its probability along and closes
 * the deal or opens it again; the weighted amount follows. Throws `validation_failed` for a stage that is none of the
 * pipeline's and for a probability that is none.
 */
export function prepareDeal(values: Values, before: StoredRecord | undefined, setting: Setting): Values {
  const stage = stageOf(values, before, setting.lists)
  const { kind, probability } = stageOptions(stage)
  const moved = before?.stage !== stage.id
  const given: Values = { ...values, pipeline: stage.group, stage: stage.id, status: kind }
  if (!before) given.openedOn ??= setting.today()
  if (moved) {
    given.stageSince ??= before || kind === "open" ? setting.now : momentOf(given.closedOn, setting.now)
    given.probability ??= probability
  }
  // What is won or lost is certain.
  if (kind !== "open") given.probability = kind === "won" ? 100 : 0
  // A deal that was closed otherwise is closed anew.
  if (before && before.status !== kind) given.closedOn ??= kind === "open" ? null : setting.today()
  Object.assign(given, summedUp({ ...before, ...given }, setting))
  const deal: Values = { ...before, ...given }
  return { ...given, ...outcome(deal, setting), weighted: weigh(deal) }
}

/** The amount of a deal with lines is what these come to, before tax, in the currency of the amount that is said. */
function summedUp({ lines: given, amount }: Values, setting: Setting): Values {
  const lines = (given ?? []) as (Line & Values)[]
  if (lines.length === 0) return {}
  for (const [index, line] of lines.entries()) {
    const problem = lineProblem(line)
    if (problem) throw invalid(`lines.${index}.${problem}`, "invalid_value", "is outside of what can be")
  }
  const currency = (amount as MoneyValue | null | undefined)?.currency ?? setting.currency
  const totals = totalsOf({ currency, pricesIncludeTax: false, lines })
  if (!totals) throw invalid("lines", "too_large", "come to more than can be reckoned")
  const figures = totals.lines.map(({ net, tax, gross }) => ({ net, tax, gross }))
  return {
    lines: lines.map((line, index) => ({ ...line, ...figures[index] })),
    amount: { amount: totals.net, currency },
  }
}

/** The stage a write leads to. */
function stageOf(values: Values, before: StoredRecord | undefined, lists: ChoiceLists): ListedChoice {
  const stages = lists.dealStages ?? []
  const pipeline = given(values.pipeline) ?? given(before?.pipeline)
  const wanted = given(values.stage)
  const changesPipeline = before === undefined || pipeline !== before.pipeline
  const named = wanted ?? (changesPipeline ? undefined : given(before?.stage))
  if (named === undefined) return firstStage(lists, pipeline)
  const stage = stages.find(({ id }) => id === named)
  const isThere = stage && (stage.deletedAt === null || stage.id === before?.stage)
  if (!isThere) throw noStage(values)
  if (given(values.pipeline) !== undefined && values.pipeline !== stage.group)
    throw invalid("stage", "invalid_value", "is no stage of this pipeline")
  return stage
}
const ofMove = [
  ...["pipeline", "status", "stageSince", "probability", "weighted", "closedOn"],
  ...["wonReason", "lostReason", "lostNote"],
]
/** Names what is written along with the stage as well: without it that would be half a move. */
function noStage(values: Values): AppError {
  const refused = invalid("stage", "invalid_value", "is no stage of this workspace")
  const along = ofMove
    .filter((key) => values[key] !== undefined)
    .map((path) => ({ path, code: "invalid_value", message: "goes with the stage" }))
  return new AppError("validation_failed", {
    ...refused.info,
    errors: [...(refused.info.errors ?? []), ...along],
  })
}
function given(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined
}
/** Where a deal of a pipeline begins, or of the first pipeline there is. Throws `validation_failed` without any. */
export function firstStage(lists: ChoiceLists, pipeline: string | undefined): ListedChoice {
  const within = pipeline ?? lists.dealPipelines?.find(({ deletedAt }) => deletedAt === null)?.id
  const stages = (lists.dealStages ?? []).filter((one) => one.deletedAt === null && one.group === within)
  const first = stages.find((one) => stageOptions(one).kind === "open") ?? stages[0]
  if (!first) throw invalid("pipeline", "invalid_value", "is no pipeline of this workspace")
  return first
}

/** About when something was closed that is written down afterwards, never later than now. */
function momentOf(day: unknown, now: string): string {
  return typeof day === "string" && day < now.slice(0, 10) ? `${day}T12:00:00.000Z` : now
}

/** Only a closed deal has a day on which it was closed, and a reason. */
function outcome(deal: Values, { today }: Setting): Values {
  return {
    closedOn: deal.status === "open" ? null : (deal.closedOn ?? today()),
    ...(deal.status !== "won" && { wonReason: null }),
    ...(deal.status !== "lost" && { lostReason: null, lostNote: null }),
  }
}
function weigh({ amount, probability }: Values): MoneyValue | null {
  if (typeof probability === "number" && (probability < 0 || probability > 100))
    throw invalid("probability", "invalid_value", "must be between 0 and 100")
  const money = amount as MoneyValue | null | undefined
  if (!money || typeof probability !== "number") return null
  return { amount: Math.round((money.amount * probability) / 100), currency: money.currency }
}

/**
 * What a move asks for and does not find, one fault for each field; undefined where it may be made. A step back to an
 * earlier stage asks for nothing, unless the deal was lost: that is no step on the way. A deal that stays lost keeps
 * a reason. Fields the entity no longer has are not asked for.
 */
export function refusedMove(
  { before, after }: CheckedChange,
  lists: ChoiceLists,
  { fields }: Pick<EntityDeclaration, "fields">,
): AppError | undefined {
  const stages = lists.dealStages ?? []
  const to = stages.find(({ id }) => id === after.stage)
  if (!to) return undefined
  const entered = stageOptions(to)
  const asksWhy = entered.kind === "lost" && lists.lostReasons?.some(({ deletedAt }) => deletedAt === null)
  if (before?.stage === after.stage) {
    const losesReason = asksWhy && !isEmpty(before?.lostReason) && isEmpty(after.lostReason)
    return losesReason ? refusal([fault("lostReason", "is needed in this stage")]) : undefined
  }
  const from = stages.find(({ id }) => id === before?.stage)
  const isBeside = from?.group === to.group && entered.kind !== "lost"
  const wasLost = from !== undefined && stageOptions(from).kind === "lost"
  const goesBack = isBeside && !wasLost && stages.indexOf(from) > stages.indexOf(to)
  const left = isBeside && !goesBack ? stageOptions(from) : undefined
  const wanted = new Set([...(goesBack ? [] : entered.requires), ...(left?.leaves ?? [])])
  if (asksWhy) wanted.add("lostReason")
  const done = new Set(((after.checklist ?? []) as string[]).map(fold))
  const open = left?.checklist.filter((item) => !done.has(fold(item))) ?? []
  const missing = [...wanted].filter((key) => Object.hasOwn(fields, key) && isEmpty(after[key]))
  const errors = [
    ...missing.map((path) => fault(path, "is needed in this stage")),
    ...(open.length > 0 ? [fault("checklist", `still open: ${open.join(", ")}`)] : []),
  ]
  return errors.length === 0 ? undefined : refusal(errors)
}
function refusal(errors: ReturnType<typeof fault>[]): AppError {
  return new AppError("validation_failed", {
    detail: errors.map(({ path, message }) => `${path}: ${message}`).join("; "),
    errors,
  })
}
function fault(path: string, message: string) {
  return { path, code: "required", message }
}
function isEmpty(value: unknown): boolean {
  if (value === null || value === undefined || value === "") return true
  return typeof value === "object" && Object.keys(value).length === 0
}
