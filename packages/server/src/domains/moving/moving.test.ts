import { createWriteStream, existsSync } from "node:fs"
import { mkdir, readdir, readFile, writeFile } from "node:fs/promises"
import { dirname, join } from "node:path"
import { pipeline } from "node:stream/promises"
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest"
import yauzl from "yauzl"
import { type Answer, startTestApp, type TestApp, type TestWorkspace } from "../../../testing/app.ts"
import { importWorkspace } from "../../commands/import-workspace.ts"
import { makeFolder } from "../../kernel/backup/testing.ts"
import { readAsSystem, runQueuedWork } from "../../kernel/jobs/run.ts"
import { runDueSchedules } from "../../kernel/jobs/scheduler.ts"
import { upload } from "../files/testing.ts"
import { exportWorkspace } from "./export-workspace.ts"
import { zipFolder } from "./zip-folder.ts"

const password = "a long enough password"
let app: TestApp
let shop: TestWorkspace
let person: ReturnType<typeof session>
beforeAll(async () => {
  app = await startTestApp()
})
beforeEach(async () => {
  shop = await app.workspace()
  person = session(await addressOf(shop.ownerId))
  await person.signIn()
})
afterAll(() => app.close())

async function addressOf(memberId: string): Promise<string> {
  const { rows } = await app.services.pools.owner.query("select email from members where id = $1", [memberId])
  return rows[0].email
}
/** Somebody who signs in, as a browser does. */
function session(email: string) {
  let cookie = ""
  const send = async (method: "GET" | "POST", url: string, payload?: object): Promise<Answer> => {
    const headers = { origin: "http://localhost:3000", "sec-fetch-site": "same-origin", cookie }
    const answer = await app.anonymous.call({ method, url, headers, ...(payload && { payload }) })
    const set = [answer.headers["set-cookie"] ?? []].flat().map((text) => String(text).split(";")[0])
    if (set.length > 0) cookie = set.join("; ")
    return answer
  }
  return {
    send,
    signIn: () => send("POST", "/api/auth/sign-in", { email, password }),
    prove: () => send("POST", "/api/auth/proof", { password }),
  }
}
type Person = typeof person

async function order(of: Person = person): Promise<Answer> {
  const answer = await of.send("POST", "/api/v1/whole-exports", {})
  await app.drain()
  return answer
}
const listed = async (of: Person = person) => (await of.send("GET", "/api/v1/whole-exports")).body.data
async function addressFor(id: string, of: Person = person): Promise<string> {
  const answer = await of.send("POST", `/api/v1/whole-exports/${id}/link`, {})
  expect(answer.status, answer.text).toBe(200)
  return answer.body.data.url
}
async function made(): Promise<string> {
  const { body, status, text } = await order()
  expect(status, text).toBe(202)
  return body.data.id
}
const place = () => join(app.services.dataDir, "exports", shop.id)

describe("everything", () => {
  it("leaves as one file, which another installation takes in", async () => {
    const { id: fileId } = (await upload(shop.owner, "espresso 2.40", "menu.txt")).body.data
    await shop.owner.post("/people", { name: "Edda Everything" })
    await shop.owner.post("/notes", { text: "see menu", files: [fileId] })
    await app.drain()
    const id = await made()
    const operation = (await shop.owner.get(`/operations/${id}`)).body.data
    expect(operation).toMatchObject({
      kind: "exportAll",
      status: "done",
      canUndo: false,
      summary: { attachments: 1, missing: 0 },
    })
    expect(operation.done).toBe(operation.total)
    const [file] = await listed()
    expect(file).toMatchObject({ id, size: operation.summary.size })
    const folder = await unzipped(join(place(), `${id}.zip`))
    expect(JSON.parse(await readFile(join(folder, "people.json"), "utf8"))).toMatchObject([
      { name: "Edda Everything" },
    ])
    expect(await readFile(join(folder, "people.csv"), "utf8")).toContain("Edda Everything")
    expect(await readFile(join(folder, "attachments", `${fileId}-menu.txt`), "utf8")).toBe("espresso 2.40")
    const other = await startTestApp()
    const loaded = await importWorkspace(other.services, folder, {
      email: await addressOf(shop.ownerId),
      password,
    })
    expect(loaded.workspaceId).toBe(shop.id)
    await other.close()
    expect(await readdir(place())).toEqual([`${id}.zip`])
  })

  it("is downloaded by an address of one's own that holds for five minutes (FI06)", async () => {
    const id = await made()
    const url = await addressFor(id)
    const answer = await person.send("GET", url)
    expect(answer.status).toBe(200)
    expect(answer.headers).toMatchObject({
      "content-type": "application/zip",
      "content-length": String((await listed())[0].size),
      "content-disposition": expect.stringMatching(/^attachment; filename="regulars-.+\.zip"/),
      "cache-control": "no-store",
      "x-content-type-options": "nosniff",
    })
    expect((await app.anonymous.get(url)).status).toBe(401)
    const [path] = url.split("?")
    for (const wrong of [
      path ?? "",
      `${path}?token=`,
      `${path}?token=AAAA`,
      `${url.slice(0, -2)}AA`,
      `${path}?token=${"A".repeat(300)}`,
    ])
      expect([404, 422], wrong).toContain((await person.send("GET", wrong)).status)
    const second = await makeOwner()
    expect((await second.send("GET", url)).status).toBe(404)
    expect((await second.send("GET", await addressFor(id, second))).status).toBe(200)
    const stranger = await app.workspace()
    const elsewhere = session(await addressOf(stranger.ownerId))
    await elsewhere.signIn()
    expect((await elsewhere.send("GET", url)).status).toBe(404)
    expect((await elsewhere.send("POST", `/api/v1/whole-exports/${id}/link`, {})).status).toBe(404)
    app.clock.advance(5 * 60_000)
    expect((await person.send("GET", url)).status).toBe(404)
  })

  it("is for owners who are signed in and prove it, and is noted", async () => {
    const id = await made()
    const url = await addressFor(id)
    const calls: ["GET" | "POST", string][] = [
      ["POST", "/api/v1/whole-exports"],
      ["POST", `/api/v1/whole-exports/${id}/link`],
      ["GET", url],
    ]
    // The owner's API key.
    for (const [method, path] of calls)
      expect(
        (await shop.owner.call({ method, url: path, ...(method === "POST" && { payload: {} }) })).status,
      ).toBe(403)
    const administrator = await app.member(shop, "administrator")
    expect((await administrator.get("/whole-exports")).status).toBe(403)
    await person.send("GET", url)
    app.clock.advance(16 * 60_000)
    expect((await order()).body.code).toBe("proof_needed")
    expect((await person.send("POST", `/api/v1/whole-exports/${id}/link`, {})).body.code).toBe("proof_needed")
    await person.prove()
    expect((await order()).status).toBe(202)
    const facts = (await shop.owner.get("/audit?area=security")).body.data
    expect(facts.map(({ type }: { type: string }) => type)).toEqual(
      expect.arrayContaining(["security.everything_exported", "security.everything_downloaded"]),
    )
  })

  it("is made once at a time, goes on after a crash, and can be stopped", async () => {
    const started = await Promise.all(
      Array.from({ length: 3 }, () => person.send("POST", "/api/v1/whole-exports", {})),
    )
    const { id } = started[0]!.body.data
    expect(started.map(({ status, body }) => [status, body.data.id])).toEqual(Array(3).fill([202, id]))
    // What a process that was killed leaves behind.
    await mkdir(join(place(), id, "tables"), { recursive: true })
    await writeFile(join(place(), id, "people.json"), "[half")
    await writeFile(join(place(), `${id}.zip.partial`), "half")
    const { owner } = app.services.pools
    await owner.query("update operations set status = 'running' where id = $1", [id])
    await owner.query("select graphile_worker.complete_jobs(array(select id from graphile_worker.jobs))")
    app.clock.advance(60_000)
    await runDueSchedules(app.services)
    await app.drain()
    expect((await shop.owner.get(`/operations/${id}`)).body.data.status).toBe("done")
    expect(await readdir(place())).toEqual([`${id}.zip`])

    const next = await person.send("POST", "/api/v1/whole-exports", {})
    expect((await person.send("POST", `/api/v1/operations/${next.body.data.id}/cancel`, {})).status).toBe(200)
    await app.drain()
    expect((await shop.owner.get(`/operations/${next.body.data.id}`)).body.data.status).toBe("cancelled")
    expect(await readdir(place())).toEqual([`${id}.zip`])
  })

  it("is made beside as many others as there are places, and waits for one when there is none", async () => {
    await shop.owner.post("/people", { name: "Edda Everything" })
    const folders = await Promise.all(Array.from({ length: 4 }, makeFolder))
    const exported = await Promise.all(
      folders.map((folder) => exportWorkspace(app.services, shop.id, join(folder, "all"))),
    )
    expect(exported.map(({ rows }) => rows.people)).toEqual([1, 1, 1, 1])

    const { id } = (await person.send("POST", "/api/v1/whole-exports", {})).body.data
    const places = Promise.withResolvers<void>()
    const held = Array.from({ length: 4 }, () => readAsSystem(app.services, shop.id, () => places.promise))
    // What the queue hears, which then tries again.
    await expect(app.drain()).rejects.toMatchObject({ code: "rate_limited" })
    expect((await shop.owner.get(`/operations/${id}`)).body.data.status).toBe("running")
    places.resolve()
    await Promise.all(held)
    await runQueuedWork(app.services, { job: "moving.export", workspaceId: shop.id, payload: { id } })
    expect((await shop.owner.get(`/operations/${id}`)).body.data.status).toBe("done")
  })

  it("loses what a process that was killed at its end left behind", async () => {
    const id = await made()
    await mkdir(join(place(), id))
    app.clock.advance(60 * 60_000)
    await runDueSchedules(app.services)
    await app.drain()
    expect(await readdir(place())).toEqual([`${id}.zip`])
  })

  it("is deleted after three days, and when a newer one is there", async () => {
    const first = await made()
    app.clock.advance(60_000)
    const second = await made()
    expect((await listed()).map(({ id }: { id: string }) => id)).toEqual([second])
    expect(existsSync(join(place(), `${first}.zip`))).toBe(false)
    app.clock.advance(3 * 86_400_000)
    expect(await listed()).toEqual([])
    await runDueSchedules(app.services)
    await app.drain()
    expect(await readdir(place())).toEqual([])
  })

  it("is not made for whoever may not have it any longer", async () => {
    const second = await makeOwner()
    const { body } = await second.send("POST", "/api/v1/whole-exports", {})
    await app.services.pools.owner.query("update members set role = 'manager' where id = $1", [secondId])
    await app.drain()
    expect((await shop.owner.get(`/operations/${body.data.id}`)).body.data.status).toBe("failed")
    expect(await listed()).toEqual([])
  })
})

let secondId = ""
async function makeOwner(): Promise<Person> {
  const member = await app.member(shop, "owner")
  secondId = member.memberId
  await app.services.pools.owner.query(
    `update auth.users set password_hash = (select u.password_hash from auth.users u join members m on m.user_id = u.id where m.id = $1)
     where id = (select user_id from members where id = $2)`,
    [shop.ownerId, secondId],
  )
  const second = session(await addressOf(secondId))
  expect((await second.signIn()).status).toBe(200)
  return second
}
async function unzipped(file: string): Promise<string> {
  const folder = await makeFolder()
  const zip = await yauzl.openPromise(file)
  for await (const entry of zip.eachEntry()) {
    const path = join(folder, entry.fileName)
    await mkdir(dirname(path), { recursive: true })
    await pipeline(await zip.openReadStreamPromise(entry), createWriteStream(path))
  }
  return folder
}

it("an archive that can't be finished leaves nothing behind", async () => {
  const folder = await makeFolder()
  await writeFile(join(folder, "a.txt"), "a")
  const file = join(await makeFolder(), "all.zip")
  const stop = () => Promise.reject(new Error("stopped"))
  await expect(zipFolder(folder, file, stop)).rejects.toThrow("stopped")
  expect(await readdir(dirname(file))).toEqual([])
})
