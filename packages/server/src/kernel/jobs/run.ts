import { AsyncLocalStorage } from "node:async_hooks"
import { permissionsOf, permissionsWithin } from "../access/roles.ts"
import type { CommittedEvent, Context, Services } from "../context.ts"
import { sql } from "../db/sql.ts"
import { transaction } from "../db/transaction.ts"
import { newId } from "../ids.ts"
import { readRegistry, rememberedRegistry } from "../own-fields/workspace-registry.ts"
import type { Values } from "../records/columns.ts"
import { mayPass, sentenceOf } from "./undertakings.ts"

interface WorkspaceSettings {
  country: string
  currency: string
  language: string
  timeZone: string
  fieldsVersion: number
}

/** Runs work of the product itself in a workspace: one transaction, acting as the system. */
export async function asSystem<T>(
  services: Services,
  workspaceId: string,
  depth: number,
  work: (ctx: Context) => Promise<T>,
): Promise<T> {
  if (passed.getStore()?.isOpen)
    throw new Error(
      "A job that opens transactions of its own says so (opensOwn): behind a closed gate they would wait for ever.",
    )
  return asSystemIn(services, { workspaceId, depth }, work)
}
/**
 * As `asSystem`, for what reads for long: everything is of one moment, nothing can be written, and nobody who writes or
 * merges waits for it.
 */
export async function readAsSystem<T>(
  services: Services,
  workspaceId: string,
  work: (ctx: Context) => Promise<T>,
): Promise<T> {
  return asSystemIn(services, { workspaceId, depth: 0, snapshot: true, statementTimeout: 600_000 }, work)
}
/** Within a job: its own transaction, which has passed the gate. */
const passed = new AsyncLocalStorage<{ isOpen: boolean }>()
interface Place {
  workspaceId: string
  depth: number
  alone?: boolean
  ungated?: boolean
  snapshot?: boolean
  statementTimeout?: number
}
/** As `asSystem`, at the gate otherwise than beside others. */
async function asSystemIn<T>(
  services: Services,
  { depth, ...place }: Place,
  work: (ctx: Context) => Promise<T>,
): Promise<T> {
  const { workspaceId } = place
  return transaction(
    services.database,
    { role: "regulars_app", statementTimeout: 120_000, ...place },
    async (tx) => {
      const settings = await tx.row<WorkspaceSettings>(
        sql`select country, currency, language, time_zone as "timeZone", fields_version as "fieldsVersion" from workspaces where id = ${workspaceId}`,
      )
      if (!settings) throw new Error("the workspace is gone")
      // Asked within the gate: the fields stay what they are as long as this goes on.
      const remembered = rememberedRegistry(services, workspaceId)
      const isCurrent = remembered?.fieldsVersion === settings.fieldsVersion
      const registry = isCurrent ? remembered : await readRegistry(services, tx)
      return work({
        workspaceId,
        actor: { type: "system", memberId: null, userId: null },
        role: "owner",
        permissions: permissionsWithin(registry, { permissions: permissionsOf("owner") }),
        tx,
        services,
        registry,
        now: services.now,
        language: settings.language,
        timeZone: settings.timeZone,
        workspaceZone: settings.timeZone,
        country: settings.country,
        currency: settings.currency,
        requestId: newId(),
        log: services.log,
        depth,
      })
    },
  )
}

/** What a queued job carries: a job's name and payload, or an event for a subscriber. */
export interface QueuedWork {
  job: string
  workspaceId: string
  payload: Values
}
export const subscriberJob = "events.deliver"

export async function runQueuedWork(services: Services, work: QueuedWork): Promise<void> {
  if (work.job === subscriberJob) return deliver(services, work)
  const handler = services.registry.jobs.get(work.job)
  if (!handler) throw new Error(`The job "${work.job}" has no handler`)
  const { undertaking } = handler
  try {
    const { alone = false, opensOwn: ungated = false } = handler
    const place = { workspaceId: work.workspaceId, depth: 0, alone, ungated }
    const own = { isOpen: !ungated }
    const handle = (ctx: Context) => passed.run(own, () => handler.handle(ctx, work.payload))
    await asSystemIn(services, place, handle).finally(() => {
      own.isOpen = false
    })
  } catch (error) {
    // What may pass is the queue's to try again.
    if (!undertaking || mayPass(error)) throw error
    const id = String(work.payload.id)
    services.log.error({ err: error, job: work.job, id }, "work could not go on")
    await asSystem(services, work.workspaceId, 0, (ctx) => undertaking.fail(ctx, id, sentenceOf(ctx, error)))
  }
}

/** Most reactions to reactions: beyond it a loop is assumed and ended. */
const deepest = 8

/** Hands one event to one subscriber; the effect and the note that it happened commit together. */
async function deliver(services: Services, { workspaceId, payload }: QueuedWork): Promise<void> {
  const subscriber = services.registry.subscribers.find(({ name }) => name === payload.subscriber)
  if (!subscriber) return
  await asSystem(services, workspaceId, Number(payload.depth ?? 0) + 1, async (ctx) => {
    const event = await ctx.tx.row<CommittedEvent>(sql`
      select id, type, occurred_at as "occurredAt", operation_id as "operationId", data, depth from events
      where workspace_id = ${workspaceId} and id = ${payload.eventId}`)
    if (!event) return
    if (event.depth >= deepest)
      return services.log.error(
        { eventId: event.id, subscriber: subscriber.name },
        "a chain of reactions was too long and has been ended",
      )
    const first = await ctx.tx.row(sql`
      insert into effects (workspace_id, event_id, subscriber, at) values (${workspaceId}, ${event.id}, ${subscriber.name}, ${ctx.now().toISOString()})
      on conflict do nothing returning true as first`)
    if (first) await subscriber.handle(ctx, event)
  })
}
