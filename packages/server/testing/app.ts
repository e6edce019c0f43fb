import { mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import type { Role } from "@regulars/contract/domains/workspace.ts"
import type { FastifyInstance, InjectOptions } from "fastify"
import { createApp, createServices } from "../src/app.ts"
import { addMember, createWorkspace } from "../src/domains/workspace/index.ts"
import { readConfig } from "../src/kernel/config.ts"
import type { Context, Log, Registry, Services } from "../src/kernel/context.ts"
import { type Connection, openPools } from "../src/kernel/db/pools.ts"
import { dispatchPending } from "../src/kernel/jobs/dispatcher.ts"
import { asSystem, type QueuedWork, runQueuedWork } from "../src/kernel/jobs/run.ts"
import { cloneDatabase } from "./database.ts"

export interface Answer {
  status: number
  // biome-ignore lint/suspicious/noExplicitAny: tests read answers of every shape
  body: any
  text: string
  headers: Record<string, string | string[] | number | undefined>
}
/** Calls the API in-process, as one caller. */
export interface Client {
  get(path: string, headers?: Record<string, string>): Promise<Answer>
  post(path: string, body?: unknown, headers?: Record<string, string>): Promise<Answer>
  patch(path: string, body?: unknown, headers?: Record<string, string>): Promise<Answer>
  delete(path: string, headers?: Record<string, string>): Promise<Answer>
  call(options: InjectOptions): Promise<Answer>
}
export interface TestWorkspace {
  id: string
  ownerId: string
  apiKey: string
  owner: Client
}
export interface TestApp {
  server: FastifyInstance
  services: Services
  statements: string[]
  clock: { now: Date; advance(milliseconds: number): void }
  logLines: { details: unknown; message: string | undefined }[]
  anonymous: Client
  workspace(name?: string): Promise<TestWorkspace>
  /** A further member with a role, made without invitation, calling with an API key. */
  member(workspace: TestWorkspace, role: Role): Promise<Client & { memberId: string }>
  as(apiKey: string): Client
  /** Dispatches events and runs queued jobs until nothing is left; fails when one fails. */
  drain(): Promise<void>
  inWorkspace<T>(workspace: TestWorkspace, work: (ctx: Context) => Promise<T>): Promise<T>
  close(): Promise<void>
}
const password = "a long enough password"

export interface TestOptions {
  environment?: Record<string, string>
  /** Another set of entities than the product's. */
  registry?: Registry
  /** A database made before, to start a second process on it. */
  connection?: Connection
}

/** The whole server on a database of its own, with a clock that tests turn. */
export async function startTestApp(options: TestOptions = {}): Promise<TestApp> {
  const { environment = {}, registry } = options
  const connection = options.connection ?? (await cloneDatabase())
  const dataDir = await mkdtemp(join(tmpdir(), "regulars-app-"))
  const clock = {
    now: new Date("2026-03-18T10:00:00Z"),
    advance: (milliseconds: number) => {
      clock.now = new Date(clock.now.getTime() + milliseconds)
    },
  }
  const logLines: TestApp["logLines"] = []
  const log = testLog(logLines)
  const pools = openPools({ connection, appConnections: 8 })
  const config = readConfig({ LOG_LEVEL: "silent", ...environment })
  const services = createServices({
    config,
    pools,
    log,
    dataDir,
    instanceId: "test",
    now: () => clock.now,
    ...(registry && { registry }),
  })
  const statements: string[] = []
  services.database.onStatement = (text) => statements.push(text)
  const server = await createApp(services)
  await server.ready()
  let names = 0
  const app: TestApp = {
    server,
    services,
    statements,
    clock,
    logLines,
    anonymous: client(server, {}),
    as: (apiKey) => client(server, { authorization: `Bearer ${apiKey}` }),
    async workspace(name = `Workspace ${++names}`) {
      const made = await createWorkspace(services, {
        workspace: name,
        email: `owner${++names}@example.com`,
        password,
      })
      return { id: made.workspaceId, ownerId: made.ownerId, apiKey: made.apiKey, owner: app.as(made.apiKey) }
    },
    async member(workspace, role) {
      const made = await addMember(services, workspace.id, {
        name: `${role} ${++names}`,
        email: `member${names}@example.com`,
        role,
      })
      return { ...app.as(made.apiKey), memberId: made.memberId }
    },
    async drain() {
      for (let round = 0; round < 200; round++) {
        const dispatched = await dispatchPending(services)
        const worked = await runWaiting(services)
        if (dispatched + worked === 0) return
      }
      throw new Error("the queue never became empty")
    },
    inWorkspace: (workspace, work) => asSystem(services, workspace.id, 0, work),
    async close() {
      await server.close()
      await pools.close()
      await rm(dataDir, { recursive: true, force: true })
    },
  }
  return app
}

/** Runs each waiting job once, here, so that a test sees its error. */
async function runWaiting(services: Services): Promise<number> {
  const { rows } = await services.pools.owner.query<{ id: string; payload: QueuedWork }>(
    `select j.id, p.payload from graphile_worker.jobs j join graphile_worker._private_jobs p on p.id = j.id
     where j.run_at <= greatest(now(), $1) order by j.id`,
    [services.now()],
  )
  for (const { id, payload } of rows) {
    const taken = await services.pools.owner.query(
      "select graphile_worker.complete_jobs(array[$1::bigint])",
      [id],
    )
    // Another job has done it along with its own.
    if (taken.rows.length > 0) await runQueuedWork(services, payload)
  }
  return rows.length
}

function client(server: FastifyInstance, headers: Record<string, string>): Client {
  const call = async (options: InjectOptions): Promise<Answer> => {
    const response = await server.inject({
      ...options,
      headers: { host: "localhost:3000", ...headers, ...options.headers },
    })
    const isJson =
      String(response.headers["content-type"] ?? "").match(/^application\/(problem\+)?json\b/) !== null
    return {
      status: response.statusCode,
      text: response.body,
      body: isJson && response.body !== "" ? JSON.parse(response.body) : undefined,
      headers: response.headers,
    }
  }
  const send =
    (method: "POST" | "PATCH") =>
    (path: string, body?: unknown, own: Record<string, string> = {}) =>
      call({ method, url: address(path), headers: own, payload: (body ?? {}) as object })
  return {
    call,
    get: (path, own = {}) => call({ method: "GET", url: address(path), headers: own }),
    post: send("POST"),
    patch: send("PATCH"),
    delete: (path, own = {}) => call({ method: "DELETE", url: address(path), headers: own }),
  }
}
function address(path: string): string {
  return path.startsWith("/api") ? path : path.startsWith("/auth") ? `/api${path}` : `/api/v1${path}`
}
function testLog(lines: TestApp["logLines"]): Log {
  const write = (details: object | string, message?: string) => {
    lines.push(typeof details === "string" ? { details: undefined, message: details } : { details, message })
  }
  return { debug: write, info: write, warn: write, error: write }
}
