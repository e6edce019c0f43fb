import { type ChildProcess, execFile, spawn } from "node:child_process"
import { once } from "node:events"
import { chmod, mkdir, mkdtemp, readFile, rename, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { setTimeout as sleep } from "node:timers/promises"
import { promisify } from "node:util"
import type { Api } from "@regulars/contract/endpoints.ts"
import { type Browser, type BrowserContext, chromium, type Page } from "playwright-core"
import { freePort } from "../server/testing/free-port.ts"

const root = join(import.meta.dirname, "../..")
// By a name put together at run time, because scripts have no types.
const buildWeb = join(root, "scripts/lib/build-web.mjs")

export const desk = { width: 1440, height: 900 }
export const phone = { width: 360, height: 740 }

/** Who sets the shop up in every journey. */
export const owner = {
  business: "Corner Bakery",
  name: "Olivia Baker",
  email: "olivia@bakery.example",
  password: "warm bread at seven",
}

export interface VisitOptions {
  viewport?: { width: number; height: number }
  dark?: boolean
  /** Begins without the owner's sign-in. */
  guest?: boolean
  /** Language of the device; the first one offered decides on the set-up page. */
  locale?: string
}
interface ShopOptions {
  /** Data folder of a shop that was set up. */
  prepared?: string | undefined
  /** Settings of the server beside those the journeys make. */
  environment?: Record<string, string>
}
export interface Shop {
  origin: string
  /** Data folder of the server, gone after `close`. */
  dataDir: string
  /** A page in a browser of its own (cookies, storage), signed in as the owner once `setUp` was called. */
  visit(options?: VisitOptions): Promise<Page>
  /** First start through the real page; later visits are signed in. */
  setUp(page: Page): Promise<void>
  /** What went wrong in the pages since the last call: errors on the console, violated content policy, missing texts, crashes. */
  takeProblems(): string[]
  /** Leaves every page; `named` keeps a picture of each in the temporary folder and prints where. */
  leave(named?: string): Promise<void>
  /** Ends it all; its data folder goes, or is kept in another one's place. */
  close(keptIn?: string): Promise<void>
}

/**
 * Starts the real server on an empty data folder, or on a copy of a prepared one with the owner signed in, and
 * Chromium. Throws when either doesn't come up.
 */
export async function openShop({ prepared, environment = {} }: ShopOptions = {}): Promise<Shop> {
  const { ensureWebBuilt } = (await import(buildWeb)) as { ensureWebBuilt(): boolean }
  if (!ensureWebBuilt()) throw new Error("The browser journeys need the built web app.")
  const server = await startServer({ prepared, environment })
  let browser: Browser
  try {
    browser = await startBrowser()
  } catch (error) {
    await server.stop()
    throw error
  }
  const contexts: BrowserContext[] = []
  const problems: string[] = []
  let signedIn = prepared ? await signInBy(browser, server.origin) : undefined
  return {
    origin: server.origin,
    dataDir: server.dataDir,
    async visit({ viewport = desk, dark = false, guest = false, locale = "en-GB" } = {}) {
      const context = await browser.newContext({
        baseURL: server.origin,
        viewport,
        locale,
        timezoneId: "Europe/London",
        colorScheme: dark ? "dark" : "light",
        reducedMotion: "reduce",
        ...(signedIn && !guest && { storageState: signedIn }),
      })
      context.setDefaultTimeout(10_000)
      contexts.push(context)
      const page = await context.newPage()
      watch(page, problems)
      return page
    },
    async setUp(page) {
      await setUp(page)
      signedIn = await page.context().storageState()
    },
    takeProblems: () => problems.splice(0),
    async leave(named) {
      for (const [index, context] of contexts.splice(0).entries()) {
        if (named) await keepPicture(context, `${named}-${index + 1}`)
        await context.close()
      }
    },
    async close(keptIn) {
      await browser.close().catch(() => {})
      await server.stop(keptIn)
    },
  }
}

async function setUp(page: Page): Promise<void> {
  await page.goto("/set-up")
  await page.getByLabel("Name of the business").fill(owner.business)
  await page.getByLabel("Your name").fill(owner.name)
  await page.getByLabel("E-mail address").fill(owner.email)
  await page.getByRole("textbox", { name: "Password" }).fill(owner.password)
  await page.getByRole("button", { name: "Start" }).click()
  await page.getByRole("heading", { level: 1, name: "Today" }).waitFor()
}

/** Signs the owner in without a page; what the browser keeps of it. */
async function signInBy(browser: Browser, origin: string): Promise<StorageState> {
  const context = await browser.newContext({ baseURL: origin })
  const { email, password } = owner
  const answer = await context.request.post("/api/auth/sign-in", { data: { email, password } })
  if (!answer.ok()) throw new Error(`Signing in answered ${answer.status()}: ${await answer.text()}`)
  const state = await context.storageState()
  await context.close()
  return state
}
type StorageState = Awaited<ReturnType<BrowserContext["storageState"]>>

/** Signs in through the real page; ends on Today. */
export async function signIn(page: Page, who: { email: string; password: string } = owner): Promise<void> {
  await page.goto("/sign-in")
  await page.getByLabel("E-mail address").fill(who.email)
  await page.getByRole("textbox", { name: "Password" }).fill(who.password)
  await page.getByRole("button", { name: "Sign in", exact: true }).click()
  await page.getByRole("heading", { level: 1, name: "Today" }).waitFor()
}

interface Sent {
  params?: Record<string, string>
  query?: Record<string, string>
  body?: unknown
}
/** Calls the API with the page's cookie. Throws with the answer when it is refused. */
export async function call<K extends keyof Api & string>(
  page: Page,
  key: K,
  { params = {}, query, body }: Sent = {},
): Promise<Api[K]["response"]> {
  const [method = "GET", pattern = ""] = key.split(" ")
  const path = pattern.replace(/:(\w+)/g, (_, name: string) => encodeURIComponent(params[name] ?? ""))
  const address = `${path.startsWith("/auth") ? "/api" : "/api/v1"}${path}`
  const answer = await page.context().request.fetch(address, {
    method,
    ...(query && { params: query }),
    ...(body !== undefined && { data: body as object }),
  })
  if (!answer.ok()) throw new Error(`${key} answered ${answer.status()}: ${await answer.text()}`)
  return (answer.status() === 204 ? undefined : await answer.json()) as Api[K]["response"]
}

function watch(page: Page, problems: string[]): void {
  const note = (text: string) => problems.push(`${new URL(page.url(), "http://-").pathname}: ${text}`)
  page.on("pageerror", (error) => note(`uncaught ${error.stack ?? error.message}`))
  page.on("crash", () => note("the page crashed"))
  page.on("console", (message) => {
    const text = `${message.text()} ${message.location().url}`
    // A device nobody signed in on asks once who it is, and the answer "nobody" counts as an error for the browser.
    const isGuest = text.includes("401") && text.endsWith("/api/v1/session")
    const lacksText = message.type() === "warning" && text.startsWith("There is no text")
    // Violations of the content policy are among the errors.
    if ((message.type() === "error" && !isGuest) || lacksText) note(text)
  })
}

async function keepPicture(context: BrowserContext, name: string): Promise<void> {
  const folder = join(tmpdir(), "regulars-journeys")
  await mkdir(folder, { recursive: true })
  const file = join(folder, `${name.replace(/[^a-z0-9]+/gi, "-").toLowerCase()}.png`)
  const [page] = context.pages()
  const kept = await page?.screenshot({ path: file }).then(
    () => true,
    () => false,
  )
  if (kept) console.log(`${page?.url()} looked like this: ${file}`)
}

async function startBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: process.env.CHROMIUM_PATH || "/usr/bin/chromium",
    args: [
      "--headless",
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
  })
}

interface Server {
  origin: string
  dataDir: string
  stop(keptIn?: string): Promise<void>
}
/** A folder for the data of a server, below the one for temporary files. */
export async function emptyFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "regulars-journey-"))
  // Started by root, the database runs as another user, who must be able to enter.
  await chmod(folder, 0o711)
  return folder
}
async function startServer({ prepared, environment }: ShopOptions): Promise<Server> {
  const dataDir = await emptyFolder()
  // With whom each file belongs to, which Node's own copy leaves out.
  if (prepared) await promisify(execFile)("cp", ["-a", `${prepared}/.`, dataDir])
  const port = await freePort()
  const origin = `http://localhost:${port}`
  const endsWithUs = join(root, "scripts/lib/end-with-parent.mjs")
  const child = spawn(process.execPath, ["--import", endsWithUs, join(root, "packages/server/src/main.ts")], {
    env: {
      ...plainEnvironment(),
      REGULARS_DATA: dataDir,
      PORT: String(port),
      LOG_LEVEL: "warn",
      ...environment,
    },
    stdio: ["ignore", "inherit", "inherit", "ipc"],
  })
  const stop = async (keptIn?: string) => {
    await endServer(child, dataDir)
    if (keptIn) await rename(dataDir, keptIn)
    else await rm(dataDir, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 })
  }
  try {
    await untilReady(origin, child)
  } catch (error) {
    await stop()
    throw error
  }
  return { origin, dataDir, stop }
}

/** Without the settings of whoever runs the journeys, which could lead to their real data. */
function plainEnvironment(): NodeJS.ProcessEnv {
  const own = /^(PORT|HOST|PUBLIC_URL|ROLE|SECRET_FILE|SMTP_URL|MAIL_FROM|ALLOW_|REGULARS_|DATABASE_|INSIDE_)/
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !own.test(name)))
}

async function untilReady(origin: string, child: ChildProcess): Promise<void> {
  const patience = Date.now() + 60_000
  while (Date.now() < patience) {
    if (child.exitCode !== null) throw new Error(`The server ended with ${child.exitCode}.`)
    const ready = await fetch(`${origin}/readyz`).then(
      (answer) => answer.ok,
      () => false,
    )
    if (ready) return
    await sleep(50)
  }
  throw new Error("The server was not ready within a minute.")
}

async function endServer(child: ChildProcess, dataDir: string): Promise<void> {
  if (child.exitCode === null && child.signalCode === null) {
    const ended = once(child, "exit")
    child.kill("SIGTERM")
    const late = setTimeout(() => child.kill("SIGKILL"), 15_000)
    await ended
    clearTimeout(late)
  }
  const pidFile = await readFile(join(dataDir, "pg/data/postmaster.pid"), "utf8").catch(() => undefined)
  if (pidFile) {
    try {
      process.kill(Number(pidFile.split("\n")[0]), "SIGQUIT")
      await sleep(500)
    } catch {
      // It ended meanwhile.
    }
  }
}
