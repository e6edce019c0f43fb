import { createHash } from "node:crypto"
import { createServer } from "node:http"
import pg from "pg"
import { typeParsers } from "../src/kernel/db/pools.ts"
import { newId } from "../src/kernel/ids.ts"

/**
 * The bare limit: the statements that an endpoint sends, in the same kind of transaction with the workspace's
 * setting, through the driver alone, behind an HTTP handler that does nothing else. Started as a process of its
 * own; told what to run by the parent process.
 */
export interface LimitPlan {
  workspaceId: string
  statements: { text: string; values: unknown[] }[]
  /** Text in the values that is replaced by one of these, at random, on each request. */
  vary: { from: string; to: string[] }[]
  /** Text in the values that is replaced by a new id on each request. */
  fresh: string[]
}
let plan: LimitPlan | undefined
let names: string[] = []
const pool = new pg.Pool({
  ...JSON.parse(process.argv[2] as string),
  max: 16,
  pipeline: true,
  types: typeParsers,
} as pg.PoolConfig)
pool.on("connect", (client) => client.on("error", () => undefined))
const settings =
  "select set_config('role', 'regulars_app', true), set_config('app.workspace', $1, true), set_config('statement_timeout', '15000', true), set_config('timezone', 'UTC', true)"

function valuesOf(values: unknown[], { vary, fresh }: LimitPlan): unknown[] {
  if (vary.length === 0 && fresh.length === 0) return values
  let text = JSON.stringify(values)
  for (const { from, to } of vary)
    text = text.replaceAll(from, to[Math.floor(Math.random() * to.length)] as string)
  for (const part of fresh) text = text.replaceAll(part, newId())
  return JSON.parse(text) as unknown[]
}

const server = createServer(async (_, response) => {
  const current = plan as LimitPlan
  const client = await pool.connect()
  const begin = client.query({ name: "begin", text: "begin" })
  const setting = client.query({ name: "settings", text: settings, values: [current.workspaceId] })
  const results = current.statements.map(({ text, values }, index) =>
    client.query({ name: names[index], text, values: valuesOf(values, current) }),
  )
  const commit = client.query({ name: "commit", text: "commit" })
  try {
    const [, , , ...rows] = await Promise.all([begin, setting, commit, ...results])
    response
      .setHeader("content-type", "application/json")
      .end(JSON.stringify(rows.map((result) => result.rows)))
    client.release()
  } catch (error) {
    client.release(error as Error)
    response.writeHead(500).end(String(error))
  }
})
server.listen(0, "127.0.0.1", () => {
  const address = server.address()
  process.send?.({ port: typeof address === "object" ? address?.port : 0 })
})
process.on("message", (message: LimitPlan) => {
  plan = message
  names = message.statements.map(({ text }) => createHash("sha1").update(text).digest("base64url"))
  process.send?.({ ready: true })
})
process.on("disconnect", () => process.exit(0))
