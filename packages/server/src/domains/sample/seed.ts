import { entities } from "@regulars/contract/entities.ts"
import type { EntityDeclaration } from "@regulars/contract/kernel/entity.ts"
import type { Context, Services } from "../../kernel/context.ts"
import { newId } from "../../kernel/ids.ts"
import { asSystem } from "../../kernel/jobs/run.ts"
import { reportProgress, startOperation } from "../../kernel/operations/operations.ts"
import { insertRecords, type NewRecord } from "../../kernel/records/insert.ts"
import { addDays, dayIn } from "../../kernel/time.ts"
import { orderResults } from "../fields/index.ts"
import { shops, sourceNames } from "./coffee/words.ts"
import { inNameOfOwner } from "./owner.ts"
import { type CopySession, openCopySession, vacuum } from "./seed/copy.queries.ts"
import { rowsOf } from "./seed/copy-records.ts"
import * as reference from "./seed/reference-data.ts"

export interface SeedOptions {
  people: number
  activities: number
  /** A tenth of the people when absent. */
  companies?: number
  /** Told how far it is, a line at a time. */
  report?: (line: string) => void
}
export interface Seeded {
  people: number
  activities: number
  companies: number
  tasks: number
  seconds: number
}
/** One event tells of so many creations: it is read whenever one of them is looked at. */
const recordsPerEvent = 500
const activitiesPerStep = 5000

/**
 * Fills a workspace with the reference data of the benchmark: the same for the same numbers and moment, in
 * memory that does not grow with the activities, a million of which take about two minutes. The data comes on
 * top of what is there. A seed that was interrupted leaves what it had written, as one operation.
 */
export async function seedWorkspace(
  services: Services,
  workspaceId: string,
  options: SeedOptions,
): Promise<Seeded> {
  const started = performance.now()
  const { people, activities, companies = Math.ceil(people / 10) } = options
  const report = options.report ?? (() => undefined)
  const size = { people, activities: people === 0 ? 0 : activities, companies }
  const now = services.now()
  const asOwner: Plant["asOwner"] = (work) =>
    asSystem(services, workspaceId, 0, async (ctx) => work(await inNameOfOwner(ctx)))
  const around = await asOwner((ctx) => prepareSurroundings(ctx, size))
  const session = await openCopySession(services.pools, services.now)
  const plant: Plant = { asOwner, session, around, report }
  const latest = latestContacts(size, now.getTime())
  try {
    await load(plant, entities.companies, companyRecords(plant, size, latest), recordsPerEvent)
    await load(plant, entities.people, personRecords(plant, size, latest, now), recordsPerEvent)
    await load(plant, entities.activities, activityRecords(plant, size, now), activitiesPerStep)
  } finally {
    session.end()
  }
  const tasks = await asOwner((ctx) => finish(ctx, plant, size))
  await asOwner(orderResults)
  report("Cleaning up behind it…")
  const sideTables = ["record_values", "search_index", "events", "event_subjects", "tasks"]
  await vacuum(services.pools, ["companies", "people", "activities", ...sideTables])
  return { ...size, tasks, seconds: Math.round((performance.now() - started) / 1000) }
}

interface Plant {
  /** Runs work in a transaction of its own. */
  asOwner: <T>(work: (ctx: Context) => Promise<T>) => Promise<T>
  session: CopySession
  around: Around
  report: (line: string) => void
}
interface Around extends reference.Surroundings {
  operationId: string
  personId: (index: number) => string
  companyId: (index: number) => string
}

async function prepareSurroundings(ctx: Context, size: reference.SeedSize): Promise<Around> {
  const named = async (entity: EntityDeclaration, names: readonly string[]) =>
    (
      await insertRecords(
        ctx,
        entity,
        names.map((name) => ({ values: { name } })),
      )
    ).map(({ id }) => id)
  return {
    sourceIds: await named(entities.sources, sourceNames),
    locationIds: await named(
      entities.locations,
      shops.map(({ name }) => name),
    ),
    ownerId: ctx.actor.memberId,
    operationId: await startOperation(ctx, { kind: "import", entity: "people", input: { seed: size } }),
    personId: numberedIds(),
    companyId: numberedIds(),
  }
}
/** Ids that follow from a number, so that nobody has to remember a million of them. */
function numberedIds(): (index: number) => string {
  const beginning = newId().slice(0, 24)
  return (index) => beginning + index.toString(16).padStart(12, "0")
}

/** When there was contact last, in milliseconds, by number of the person and the company; 0: never. */
interface LatestContacts {
  people: Float64Array
  companies: Float64Array
}
function latestContacts(size: reference.SeedSize, now: number): LatestContacts {
  const people = new Float64Array(size.people)
  const companies = new Float64Array(size.companies)
  for (const { person, at } of reference.turns(size, now)) people[person] = at
  people.forEach((at, person) => {
    const company = reference.companyOf(person, size.companies)
    if (company !== undefined) companies[company] = Math.max(companies[company] ?? 0, at)
  })
  return { people, companies }
}
function instant(milliseconds: number | undefined): string | null {
  return milliseconds ? new Date(milliseconds).toISOString() : null
}

function* companyRecords({ around }: Plant, size: reference.SeedSize, latest: LatestContacts) {
  for (let index = 0; index < size.companies; index++)
    yield {
      id: around.companyId(index),
      values: { ...reference.companyValues(index), lastActivityAt: instant(latest.companies[index]) },
    }
}
function* personRecords({ around }: Plant, size: reference.SeedSize, latest: LatestContacts, now: Date) {
  for (let index = 0; index < size.people; index++) {
    const company = reference.companyOf(index, size.companies)
    const companyId = company === undefined ? undefined : around.companyId(company)
    yield {
      id: around.personId(index),
      createdAt: reference.personSince(index, now.getTime()),
      values: {
        ...reference.personValues(index, around, companyId),
        lastActivityAt: instant(latest.people[index]),
      },
    }
  }
}
function* activityRecords({ around }: Plant, size: reference.SeedSize, now: Date): Generator<NewRecord> {
  let index = 0
  for (const turn of reference.turns(size, now.getTime())) {
    yield {
      id: newId(),
      createdAt: new Date(turn.at).toISOString(),
      values: reference.activityValues(index++, turn, around.personId(turn.person)),
    }
  }
}

/** Writes records step by step; while the database takes one step in, the next is made. */
async function load(
  { asOwner, session, around, report }: Plant,
  entity: EntityDeclaration,
  records: Iterable<NewRecord>,
  step: number,
): Promise<void> {
  const started = performance.now()
  let done = 0
  let told = started
  let writing: Promise<void> = Promise.resolve()
  for (const part of partsOf(records, step)) {
    const rows = await asOwner((ctx) => rowsOf(ctx, entity, part, around.operationId))
    await writing
    writing = session.write(rows)
    // Awaited with the next step; an error until then must not count as unhandled.
    writing.catch(() => undefined)
    done += part.length
    if (performance.now() - told < 5000) continue
    told = performance.now()
    report(`${entity.name}: ${done} (${Math.round((done / (told - started)) * 1000)} a second)`)
  }
  await writing
  report(`${entity.name}: ${done} in ${((performance.now() - started) / 1000).toFixed(1)} s`)
}
function* partsOf<T>(values: Iterable<T>, size: number): Generator<T[]> {
  let part: T[] = []
  for (const value of values) {
    if (part.push(value) < size) continue
    yield part
    part = []
  }
  if (part.length > 0) yield part
}

/** Some tasks, so that the days ahead are not empty, and the operation is done. */
async function finish(ctx: Context, { around }: Plant, size: reference.SeedSize): Promise<number> {
  const { operationId, ownerId, personId } = around
  const today = dayIn(ctx.workspaceZone, ctx.now())
  const tasks = Array.from({ length: Math.min(2000, Math.ceil(size.people / 50)) }, (_, index) => ({
    values: {
      title: `Call back about order ${10_000 + index * 37}`,
      dueDate: addDays(today, (index % 60) - 10),
      assigneeId: ownerId,
      about: size.people > 0 ? [{ type: "person", id: personId((index * 31) % size.people) }] : [],
    },
  }))
  await insertRecords(ctx, entities.tasks, tasks, { operationId })
  const done = size.people + size.companies + size.activities + tasks.length
  await reportProgress(ctx, operationId, { status: "done", done, total: done, summary: { created: done } })
  return tasks.length
}
