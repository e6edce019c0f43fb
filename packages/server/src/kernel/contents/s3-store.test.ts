import { createHash } from "node:crypto"
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { dirname, join } from "node:path"
import { Readable } from "node:stream"
import { buffer } from "node:stream/consumers"
import { afterAll, afterEach, beforeAll, expect, it } from "vitest"
import { type Fault, type S3StandIn, secretAccessKey, startS3StandIn } from "../../../testing/s3-stand-in.ts"
import { readConfig } from "../config.ts"
import type { ContentStore } from "./content-store.ts"
import { addressOf, type S3Place } from "./s3-client.ts"
import { s3Store } from "./s3-store.ts"
import { listed } from "./testing.ts"
import { putContent, writeContent } from "./write-content.ts"

let standIn: S3StandIn
let waitingRoom: string
let contents: ContentStore
beforeAll(async () => {
  standIn = await startS3StandIn()
  waitingRoom = await mkdtemp(join(await mkdtemp(join(tmpdir(), "regulars-s3-")), "incoming-"))
  contents = open()
})
afterEach(() => {
  standIn.objects.clear()
  standIn.faults.length = 0
})
afterAll(async () => {
  await standIn.close()
  await rm(dirname(waitingRoom), { recursive: true })
})

function open(changes: Partial<S3Place> = {}): ContentStore {
  const place = readConfig(standIn.environment).files as S3Place
  return s3Store({ ...place, ...changes }, waitingRoom, { patience: 300, pause: 1 })
}
const put = (text: string, store = contents) => putContent(store, Readable.from([Buffer.from(text)]))
const text = async (hash: string) => (await buffer(await contents.read(hash))).toString()
const hashOf = (content: string) => createHash("sha256").update(content).digest("hex")

it("keeps content under its hash and gives it back, lists it and removes it", async () => {
  const texts = Array.from({ length: 7 }, (_, index) => `content ${index}`)
  const hashes = await Promise.all(texts.map((content) => put(content)))
  expect(hashes).toEqual(texts.map(hashOf))
  const [first = ""] = hashes
  expect([...standIn.objects.keys()]).toContain(`shop-files/regulars/${first.slice(0, 2)}/${first}`)
  expect(await text(first)).toBe("content 0")
  expect(await contents.look(first)).toMatchObject({ hash: first, size: 9, writtenAt: expect.any(Date) })
  // What others keep in the same bucket.
  for (const name of ["regulars/00/notes on files & more.txt", "regulars/readme", "else"])
    standIn.objects.set(`shop-files/${name}`, { content: Buffer.from("x"), writtenAt: new Date() })
  const all = await listed(contents)
  expect(all.map(({ hash }) => hash)).toEqual(hashes.toSorted())
  expect(all[0]?.size).toBe(9)
  expect(Math.abs(Number(all[0]?.writtenAt) - Date.now())).toBeLessThan(60_000)
  await contents.remove(first)
  await contents.remove(first)
  expect(await contents.look(first)).toBeUndefined()
  await expect(contents.read(first)).rejects.toMatchObject({ code: "not_found" })
  expect(await listed(contents)).toHaveLength(6)
  expect(await readdir(waitingRoom)).toEqual([])
})

it("keeps large and empty content", async () => {
  const large = "0123456789".repeat(300_000)
  expect(await text(await put(large))).toBe(large)
  expect(await text(await put(""))).toBe("")
})

it.each<[string, Fault[]]>([
  ["fails for a moment", ["500", "503", "409"]],
  ["breaks connections", ["dropped", "dropped"]],
  ["does not answer at once", ["silent"]],
])("goes on when the store %s", async (_, faults) => {
  standIn.faults.push(...faults)
  const hash = await put("content")
  standIn.faults.push(...faults)
  expect(await text(hash)).toBe("content")
})

it.each<[string, Fault]>([
  ["fails", "500"],
  ["does not answer", "silent"],
  ["breaks connections", "dropped"],
])("says that it may pass when the store %s, and keeps nothing half", async (_, fault) => {
  const hash = await put("content")
  standIn.faults.push(...Array<Fault>(4).fill(fault))
  await expect(contents.read(hash)).rejects.toMatchObject({ code: "unavailable" })
  standIn.faults.push(...Array<Fault>(4).fill(fault))
  await expect(put("other")).rejects.toMatchObject({ code: "unavailable" })
  expect(await contents.look(hashOf("other"))).toBeUndefined()
  expect(await readdir(waitingRoom)).toEqual([])
})

it.each<[string, Fault]>([
  ["breaks off", "cut off"],
  ["is another one", "other content"],
])("never gives content for whole that %s on its way", async (_, fault) => {
  const hash = await put("content ".repeat(100_000))
  standIn.faults.push(fault)
  const chunks: Buffer[] = []
  const reading = (async () => {
    for await (const chunk of await contents.read(hash)) chunks.push(chunk as Buffer)
  })()
  await expect(reading).rejects.toMatchObject({ code: "unavailable" })
  expect(Buffer.concat(chunks).length).toBeLessThan(800_000)
})

it("names the setting that is wrong at the start, and never what opens the store", async () => {
  const hash = await put("content")
  const wrong = [
    open({ secretAccessKey: "guessed" }),
    open({ accessKeyId: "OTHER" }),
    open({ bucket: "nothing" }),
  ]
  for (const store of wrong)
    for (const call of [() => store.check(), () => store.read(hash), () => put("more", store)]) {
      standIn.requests.length = 0
      const error = await call().then(
        () => undefined,
        (thrown: Error) => thrown,
      )
      expect(error?.message).toMatch(/SignatureDoesNotMatch|NoSuchBucket/)
      expect(standIn.requests).toHaveLength(1)
      expect(JSON.stringify([error, error?.message, error?.stack])).not.toMatch(/guessed|OTHER|AKID/)
    }
  await expect(wrong[0]?.check()).rejects.toThrow(/^The setting REGULARS_FILES, or what opens it/)
  // What was right at the start may end by itself.
  await expect(wrong[0]?.read(hash)).rejects.toMatchObject({ code: "unavailable" })
  await expect(contents.check()).resolves.toBeUndefined()
})

it("keeps what is read next at hand for a day, and no longer than the content", async () => {
  const copies = join(dirname(waitingRoom), "copies")
  const save = (text: string) =>
    writeContent(contents, Readable.from([Buffer.from(text)]), 99, { readSoon: true })
  const { hash } = await save("names and addresses")
  const { hash: second } = await save("more of them")
  standIn.requests.length = 0
  expect(await readFile(await contents.pathOf(hash), "utf8")).toBe("names and addresses")
  expect(standIn.requests).toEqual([])
  await contents.remove(second)
  expect(await readdir(copies)).toEqual([hash])
  await writeFile(join(waitingRoom, "left over"), "x")
  const in23Hours = new Date(Date.now() + 23 * 3_600_000)
  await contents.tidy(in23Hours)
  expect([...(await readdir(copies)), ...(await readdir(waitingRoom))]).toEqual([hash, "left over"])
  await contents.tidy(new Date(in23Hours.getTime() + 2 * 3_600_000))
  expect([...(await readdir(copies)), ...(await readdir(waitingRoom))]).toEqual([])
})

it("is tried once while somebody waits for it", async () => {
  const hash = await put("content")
  for (const call of [() => contents.check(), () => contents.look(hash, { once: true })]) {
    standIn.faults.push("500")
    await expect(call()).rejects.toMatchObject({ code: "unavailable" })
  }
  standIn.faults.push("500")
  expect(await contents.look(hash)).toBeDefined()
})

it("says nothing of the address of a store that can't be reached", async () => {
  const store = open({ endpoint: "http://shop:hidden@127.0.0.1:1" })
  const error = await store.read(hashOf("x")).catch((thrown: Error) => thrown)
  expect(error).toMatchObject({ code: "unavailable" })
  expect(JSON.stringify([error, (error as Error).message])).not.toMatch(/hidden|127/)
})

it("is found where its bucket is, also by names with a dot", () => {
  const place = { bucket: "shop", region: "eu-central-1", endpoint: undefined }
  expect(addressOf(place)).toBe("https://shop.s3.eu-central-1.amazonaws.com/")
  expect(addressOf({ ...place, bucket: "shop.example" })).toBe(
    "https://s3.eu-central-1.amazonaws.com/shop.example/",
  )
  expect(addressOf({ ...place, endpoint: "https://minio.lan" })).toBe("https://minio.lan/shop/")
})

it("is set by an address, a bucket and what opens it, of which nothing is said when it is wrong", () => {
  const { AWS_SECRET_ACCESS_KEY: _, ...incomplete } = standIn.environment
  expect(() => readConfig(incomplete)).toThrow(/^The setting REGULARS_FILES needs AWS_ACCESS_KEY_ID and/)
  for (const address of ["shop-files", "s3://", "s3://Shop", "s3://shop/../x y", "https://shop-files"])
    expect(() => readConfig({ ...standIn.environment, REGULARS_FILES: address })).toThrow(/s3:\/\/bucket/)
  expect(() => readConfig({ ...standIn.environment, AWS_ENDPOINT_URL_S3: "minio:9000" })).toThrow(
    /whole address/,
  )
  for (const address of [
    "https://shop:hidden@minio.lan",
    "https://minio.lan?key=hidden",
    "https://minio.lan#hidden",
  ]) {
    const read = () => readConfig({ ...standIn.environment, AWS_ENDPOINT_URL_S3: address })
    expect(read).toThrow(/AWS_ENDPOINT_URL_S3 is not usable/)
    expect(read).not.toThrow(/hidden/)
  }
  expect(readConfig(standIn.environment).files).toMatchObject({ bucket: "shop-files", folder: "regulars/" })
  expect(readConfig({}).files).toBeUndefined()
  expect(secretAccessKey).not.toBe("")
})
