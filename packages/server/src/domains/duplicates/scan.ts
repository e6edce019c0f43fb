import { type MatchedEntity, matchedEntities } from "@regulars/contract/domains/duplicates.ts"
import type { Context } from "../../kernel/context.ts"
import { isOpen, lockOperation, type Progress, reportProgress } from "../../kernel/operations/operations.ts"
import { apart } from "./apart.ts"
import { announcePairs } from "./comparables.ts"
import { compareSlice, refreshKeys } from "./compare.ts"
import { countPairs, dropUnseenPairs } from "./duplicates.queries.ts"
import { learn, scorerOf } from "./learn.ts"
import { countRecords, dropGone, livingIds, nextIds, noteScanned } from "./scan.queries.ts"
import { type Subject, subjects } from "./subjects.ts"

/** Records whose keys are looked at in one transaction. */
const keyStep = 2000
/** Records held in memory while all others stream by. */
const sliceSize = 10_000
/** Milliseconds between looks whether somebody asked to stop. */
const lookEvery = 1000

/** How far a scan has come; kept with its operation, so that another process goes on from there. */
export interface Position {
  startedAt: string
  /** How many records there were when it began. */
  records: Partial<Record<MatchedEntity, number>>
  /** Entities that are done. */
  done: MatchedEntity[]
  learned: boolean
  /** Last record of the last slice, and how many there were up to it. */
  after: string | null
  compared: number
}
export const beginning = (startedAt: string): Position => ({
  startedAt,
  records: {},
  done: [],
  learned: false,
  after: null,
  compared: 0,
})

class Ended extends Error {}

/**
 * Compares all people, then all companies, with everything they share a key with. It goes in transactions of its own
 * that write nothing anybody waits for, each of which notes how far it brought the scan.
 */
export async function scan(ctx: Context, operationId: string): Promise<void> {
  const steps = stepsOf(ctx, operationId)
  try {
    const position = await steps.begin()
    for (const entity of matchedEntities) {
      if (position.done.includes(entity)) continue
      await scanEntity(steps, subjects[entity], position)
    }
    await steps.run(
      async (own) => announcePairs(own),
      () => ({ status: "done", done: totalOf(position) }),
    )
  } catch (error) {
    if (!(error instanceof Ended)) throw error
  }
}

async function scanEntity(steps: Steps, subject: Subject, position: Position): Promise<void> {
  const { entity } = subject
  if (!position.learned) {
    await writeKeys(steps, subject, position)
    await steps.run(
      (own) => learn(own, subject),
      () => {
        position.learned = true
        return steps.at(position)
      },
    )
  }
  while (await compareNext(steps, subject, position));
  await steps.run(
    async (own) => {
      dropUnseenPairs(own, entity, position.startedAt)
      noteScanned(own, entity, position.startedAt)
    },
    () => {
      Object.assign(position, { learned: false, after: null, compared: 0, done: [...position.done, entity] })
      return steps.at(position)
    },
  )
}

async function writeKeys(steps: Steps, subject: Subject, position: Position): Promise<void> {
  let after: string | null = null
  await steps.run(
    async (own) => dropGone(own, subject.entity),
    () => steps.at(position),
  )
  for (;;) {
    const last = after
    const ids = await steps.run(
      async (own) => {
        const page = await livingIds(own, subject.entity, last, keyStep)
        await refreshKeys(own, subject, page)
        return page
      },
      () => steps.at(position),
    )
    if (ids.length < keyStep) return
    after = ids.at(-1) as string
  }
}

/** @returns whether there was a slice to compare */
async function compareNext(steps: Steps, subject: Subject, position: Position): Promise<boolean> {
  const ids = await steps.run(
    async (own) => {
      const slice = await nextIds(own, subject.entity, position.after, sliceSize)
      const scorer = await scorerOf(own, subject)
      await compareSlice(own, subject, slice, { scorer, others: "higher", onPage: steps.look })
      return slice
    },
    (slice) => {
      position.after = slice.at(-1) ?? position.after
      position.compared += slice.length
      return steps.at(position)
    },
  )
  return ids.length === sliceSize
}

const countOf = (position: Position, entities: readonly MatchedEntity[]) =>
  entities.reduce((sum, entity) => sum + (position.records[entity] ?? 0), 0)
/** Each record counts twice: when it is read, and when it has been compared. */
const totalOf = (position: Position) => 2 * countOf(position, matchedEntities)
function doneOf(position: Position): number {
  const current = matchedEntities.find((entity) => !position.done.includes(entity))
  const read = current && position.learned ? countOf(position, [current]) : 0
  return Math.min(totalOf(position), 2 * countOf(position, position.done) + read + position.compared)
}

interface Steps {
  /** Where the scan stands; counts what there is when it stands at its beginning. */
  begin(): Promise<Position>
  /** Some of the work in one transaction, which notes how far that brought the scan. */
  run<T>(work: (own: Context) => Promise<T>, progress: (result: T) => Progress): Promise<T>
  at(position: Position): Progress
  /** Looks now and then whether somebody asked to stop. */
  look(): Promise<void>
}
/** Each step throws `Ended` when the scan was stopped or has ended. */
function stepsOf(ctx: Context, id: string): Steps {
  let looked = performance.now()
  const steps: Steps = {
    begin: () =>
      steps.run(
        async (own) => {
          const position = (await lockOperation(own, id)).input as unknown as Position
          for (const entity of matchedEntities) position.records[entity] ??= await countRecords(own, entity)
          return position
        },
        (position) => ({ ...steps.at(position), status: "running", total: totalOf(position) }),
      ),
    async run(work, progress) {
      const { result, goesOn } = await apart(ctx, async (own) => {
        const done = await work(own)
        return { result: done, goesOn: await tell(own, id, progress(done)) }
      })
      if (!goesOn) throw new Ended()
      return result
    },
    at: (position) => ({ done: doneOf(position), input: { ...position } }),
    async look() {
      if (performance.now() - looked < lookEvery) return
      looked = performance.now()
      if (!(await apart(ctx, (own) => tell(own, id, {})))) throw new Ended()
    },
  }
  return steps
}

/** Notes progress, or that the scan was stopped; returns whether it goes on. */
async function tell(ctx: Context, id: string, progress: Progress): Promise<boolean> {
  const state = await lockOperation(ctx, id)
  if (!isOpen(state)) return false
  const found = progress.status === "done" ? await countFound(ctx) : {}
  const status = state.cancelRequested && progress.status !== "done" ? { status: "cancelled" as const } : {}
  await reportProgress(ctx, id, { ...progress, ...status, summary: { ...state.summary, ...found } })
  return status.status === undefined
}
async function countFound(ctx: Context): Promise<Record<string, number>> {
  const found: Record<string, number> = {}
  for (const entity of matchedEntities)
    found[entity] = (await countPairs(ctx, entity, ["open"], mostCounted))[0]?.count ?? 0
  return found
}
/** Beyond this a number of pairs says "many". */
export const mostCounted = 1000
