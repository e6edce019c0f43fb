import { randomInt } from "node:crypto"
import { mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join as joinPath } from "node:path"
import { factorsEndpoints } from "@regulars/contract/domains/factors.endpoints.ts"
import { invitationsEndpoints } from "@regulars/contract/domains/invitations.endpoints.ts"
import { passkeysEndpoints } from "@regulars/contract/domains/passkeys.endpoints.ts"
import { providerEndpoints } from "@regulars/contract/domains/provider.endpoints.ts"
import { signInEndpoints } from "@regulars/contract/domains/sign-in.endpoints.ts"
import { workspaceEndpoints } from "@regulars/contract/domains/workspace.endpoints.ts"
import type { InjectOptions, LightMyRequestResponse } from "fastify"
import { expect, onTestFinished, vi } from "vitest"
import { cloneDatabase } from "../../../testing/database.ts"
import { createServices } from "../../app.ts"
import { readConfig } from "../../kernel/config.ts"
import type { Log, SystemMail } from "../../kernel/context.ts"
import { type Connection, openPools } from "../../kernel/db/pools.ts"
import { createServer } from "../../kernel/http/server.ts"
import {
  createAuthenticator,
  factorsHandlers,
  invitationsHandlers,
  passkeysHandlers,
  providerHandlers,
  signInHandlers,
  workspaceHandlers,
} from "./index.ts"

export const password = "a rather long sentence"

interface Options {
  /** A database that another app uses already: the second process of an installation. */
  connection?: Connection
  environment?: Record<string, string>
  /** Catches mails instead of having no mail server. */
  mail?: boolean
}
export type AuthApp = Awaited<ReturnType<typeof startAuthApp>>

/** One process that serves the endpoints of this domain, with a clock that tests turn. Ends with the test. */
export async function startAuthApp({ connection: given, environment = {}, mail = false }: Options = {}) {
  const connection = given ?? (await cloneDatabase())
  const clock = {
    time: Date.parse("2026-03-18T10:00:00Z"),
    advance(milliseconds: number) {
      clock.time += milliseconds
    },
  }
  const lines: string[] = []
  const dataDir = await mkdtemp(joinPath(tmpdir(), "regulars-auth-"))
  const pools = openPools({ connection, appConnections: 8 })
  const services = createServices({
    config: readConfig(environment),
    pools,
    log: recordingLog(lines),
    dataDir,
    instanceId: "test",
    now: () => new Date(clock.time),
  })
  const mails: SystemMail[] = []
  services.sendMail = mail ? async (sent) => void mails.push(sent) : undefined
  const server = await createServer({
    services,
    endpoints: {
      ...workspaceEndpoints,
      ...factorsEndpoints,
      ...signInEndpoints,
      ...providerEndpoints,
      ...passkeysEndpoints,
      ...invitationsEndpoints,
    },
    handlers: [
      workspaceHandlers,
      factorsHandlers,
      signInHandlers,
      providerHandlers,
      passkeysHandlers,
      invitationsHandlers,
    ],
    authenticate: createAuthenticator(services),
  })
  const close = async () => {
    await server.close()
    await pools.close()
    await rm(dataDir, { recursive: true, force: true })
  }
  onTestFinished(close)
  return {
    server,
    services,
    pools,
    connection,
    clock,
    lines,
    mails,
    /** A browser of its own, in a network of its own. */
    browser: (options: Omit<BrowserOptions, "send"> = {}) =>
      openBrowser({ ...options, send: (request) => server.inject(request) }),
  }
}

interface BrowserOptions {
  send: (request: InjectOptions) => Promise<LightMyRequestResponse>
  host?: string
  ip?: string
  headers?: Record<string, string>
}
export type Browser = ReturnType<typeof openBrowser>
type Method = "GET" | "POST" | "PUT" | "PATCH" | "DELETE"

/** Keeps cookies and says where its requests come from, as browsers do. */
function openBrowser({ send, host = "localhost:3000", ip = randomAddress(), headers = {} }: BrowserOptions) {
  const cookies = new Map<string, string>()
  const call = async (method: Method, path: string, body?: unknown, own: Record<string, string> = {}) => {
    const response = await send({
      method,
      url: path.startsWith("/auth/") ? `/api${path}` : `/api/v1${path}`,
      remoteAddress: ip,
      headers: {
        host,
        "sec-fetch-site": "same-origin",
        ...(method !== "GET" && { origin: `http://${host}` }),
        ...(cookies.size > 0 && { cookie: [...cookies].map((pair) => pair.join("=")).join("; ") }),
        ...headers,
        ...own,
      },
      ...(body !== undefined && { payload: body as object }),
    })
    for (const { name, value } of response.cookies) {
      if (value === "") cookies.delete(name)
      else cookies.set(name, value)
    }
    const isJson = String(response.headers["content-type"] ?? "").includes("json")
    return {
      status: response.statusCode,
      // biome-ignore lint/suspicious/noExplicitAny: tests read answers of every shape
      body: (isJson ? JSON.parse(response.body) : undefined) as any,
      text: response.body,
      headers: response.headers,
      cookies: response.cookies,
    }
  }
  return {
    cookies,
    ip,
    get: (path: string, own?: Record<string, string>) => call("GET", path, undefined, own),
    post: (path: string, body?: unknown, own?: Record<string, string>) => call("POST", path, body ?? {}, own),
    put: (path: string, body: unknown) => call("PUT", path, body),
    patch: (path: string, body: unknown, own?: Record<string, string>) => call("PATCH", path, body, own),
    delete: (path: string, own?: Record<string, string>) => call("DELETE", path, undefined, own),
    /** The session's token, as a thief would have it. */
    token: () => [...cookies].find(([name]) => name.includes("session"))?.[1],
  }
}
function randomAddress(): string {
  return `10.${randomInt(256)}.${randomInt(256)}.${randomInt(1, 255)}`
}

export const ownerSettings = {
  workspace: {
    name: "Corner Bakery",
    country: "DE",
    currency: "EUR",
    timeZone: "Europe/Berlin",
    language: "de",
  },
  owner: { name: "Ana Ruiz", email: "ana@example.com", password },
}
/** Sets the installation up; the browser is then signed in as its owner. */
export async function setUpOwner(app: AuthApp, options: Parameters<AuthApp["browser"]>[0] = {}) {
  const browser = app.browser(options)
  const answer = await browser.post("/auth/set-up", ownerSettings)
  if (answer.status !== 201) throw new Error(`Set-up failed: ${answer.text}`)
  return Object.assign(browser, { session: answer.body.data })
}
/** Another member, by invitation, signed in. */
export async function join(app: AuthApp, inviter: Browser, role: string, email = `${role}@example.com`) {
  const invited = await inviter.post("/invitations", { email, role })
  if (invited.status !== 201) throw new Error(`Invitation failed: ${invited.text}`)
  const browser = app.browser()
  const token = tokenIn(invited.body.data.url)
  const accepted = await browser.post("/auth/invitations/accept", { token, name: `The ${role}`, password })
  if (accepted.status !== 200) throw new Error(`Accepting failed: ${accepted.text}`)
  return Object.assign(browser, { session: accepted.body.data })
}
/** Calls with an API key. */
export function withKey(app: AuthApp, key: string): Browser {
  return app.browser({ headers: { authorization: `Bearer ${key}` } })
}
export function tokenIn(url: string): string {
  return url.split("#")[1] ?? ""
}

/** Until so many statements wait for a lock, so that a test decides who comes first. */
export async function waiting(app: AuthApp, statements: number): Promise<void> {
  await vi.waitFor(async () => {
    const { rows } = await app.pools.owner.query(
      "select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'",
    )
    expect(rows).toHaveLength(statements)
  })
}

function recordingLog(lines: string[]): Log {
  const write = (details: object | string, message?: string) =>
    void lines.push(
      JSON.stringify({ details, message }, (_, value) =>
        value instanceof Error ? String(value.stack) : value,
      ),
    )
  return { debug: write, info: write, warn: write, error: write }
}
