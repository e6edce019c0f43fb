import { mkdir, readdir, rm, utimes } from "node:fs/promises"
import { join } from "node:path"
import { Readable } from "node:stream"
import sharp from "sharp"
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest"
import { startTestApp, type TestApp, type TestWorkspace } from "../../../testing/app.ts"
import { makeFolder } from "../../kernel/backup/testing.ts"
import type { FileRow } from "./files.queries.ts"
import { pixel, pngOf, upload } from "./testing.ts"
import { findThumbnail, keepThumbnail } from "./thumbnail-cache.ts"
import { thumbnailOf } from "./thumbnails.ts"

let app: TestApp
let shop: TestWorkspace
let origin: string
beforeAll(async () => {
  app = await startTestApp()
  origin = await app.server.listen({ port: 0, host: "127.0.0.1" })
})
beforeEach(async () => {
  shop = await app.workspace()
})
afterAll(() => app.close())

function picture(width: number, height: number) {
  return sharp({ create: { width, height, channels: 3, background: { r: 200, g: 80, b: 40 } } })
}
/** As a phone takes it: lying on its side, with the place in it. */
function photo(): Promise<Buffer> {
  return picture(1200, 800)
    .withExif({
      IFD0: { Make: "Phone of Edda" },
      IFD3: { GPSLatitude: "52/1 30/1 0/1", GPSLatitudeRef: "N" },
    })
    .withMetadata({ orientation: 6 })
    .jpeg()
    .toBuffer()
}
async function uploaded(content: Buffer | string, name = "photo.jpg"): Promise<string> {
  const answer = await upload(shop.owner, content, name)
  expect(answer.status, answer.text).toBe(201)
  return answer.body.data.id
}
/** The answer with its bytes, which the other client reads as text. */
async function fetched(id: string, size: string) {
  const headers = { authorization: `Bearer ${shop.apiKey}` }
  const answer = await fetch(`${origin}/api/v1/files/${id}?size=${size}`, { headers })
  return { status: answer.status, headers: answer.headers, bytes: Buffer.from(await answer.arrayBuffer()) }
}
const cached = () => readdir(join(app.services.dataDir, "thumbnails")).catch((): string[] => [])

describe("a small picture", () => {
  it("is upright, as large as asked for, and says nothing of camera and place (FI05)", async () => {
    const original = await photo()
    expect(original.includes("Phone of Edda")).toBe(true)
    const id = await uploaded(original)
    for (const [size, width, height] of [
      ["small", 107, 160],
      ["medium", 320, 480],
      ["large", 800, 1200],
    ] as const) {
      const { status, headers, bytes } = await fetched(id, size)
      expect(status).toBe(200)
      expect(headers.get("content-type")).toBe("image/webp")
      expect(headers.get("x-content-type-options")).toBe("nosniff")
      expect(headers.get("content-security-policy")).toMatch(/default-src 'none'; sandbox/)
      const made = await sharp(bytes).metadata()
      expect([made.format, made.width, made.height]).toEqual(["webp", width, height])
      expect([made.exif, made.xmp, made.iptc, made.orientation]).toEqual([
        undefined,
        undefined,
        undefined,
        undefined,
      ])
      expect(bytes.includes("Phone of Edda")).toBe(false)
    }
  })

  it("of one that moves stands still", async () => {
    const frames = await Promise.all(
      [picture(300, 200), picture(300, 200).negate()].map((one) => one.png().toBuffer()),
    )
    const moving = await sharp(frames, { join: { animated: true } })
      .gif({ delay: [50, 50] })
      .toBuffer()
    expect((await sharp(moving).metadata()).pages).toBe(2)
    const { bytes } = await fetched(await uploaded(moving, "moving.gif"), "small")
    const made = await sharp(bytes).metadata()
    expect([made.pages ?? 1, made.width, made.height]).toEqual([1, 160, 107])
  })

  it.each(["png", "webp", "avif"] as const)("is made of %s", async (format) => {
    const { status, bytes } = await fetched(
      await uploaded(await picture(40, 30).toFormat(format).toBuffer()),
      "small",
    )
    expect(status).toBe(200)
    const { width, height } = await sharp(bytes).metadata()
    expect([width, height]).toEqual([40, 30])
  })

  it.each<[string, Buffer | string, string]>([
    ["a text", "espresso 2.40", "menu.txt"],
    ["a drawing", "<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'/>", "drawing.svg"],
    ["the beginning of a picture alone", pixel.subarray(0, 30), "half.png"],
  ])("is not made of %s (FI05)", async (_, content, name) => {
    const { status, bytes } = await fetched(await uploaded(content, name), "small")
    expect(status).toBe(415)
    expect(JSON.parse(bytes.toString()).code).toBe("unsupported_format")
  })

  it("is made of the largest picture that is taken in", async () => {
    const id = await uploaded(await picture(8192, 6400).png({ palette: true }).toBuffer(), "large.png")
    const { status, bytes } = await fetched(id, "small")
    expect(status).toBe(200)
    expect((await sharp(bytes).metadata()).width).toBe(160)
    const larger = await upload(shop.owner, pngOf(8192, 6401), "larger.png")
    expect(larger.body.errors).toMatchObject([{ path: "file", code: "image_too_large" }])
  })

  it("comes in the sizes there are", async () => {
    const id = await uploaded(pixel, "pixel.png")
    for (const size of ["", "huge", "1", "small/../large"]) expect((await fetched(id, size)).status).toBe(422)
  })

  it("is for those who may see the picture, also when it was made before (FI06)", async () => {
    const id = await uploaded(await photo())
    const { id: person } = (await shop.owner.post("/people", { name: "Edda", photoId: id })).body.data
    const path = `/files/${id}?size=small`
    const { headers } = await shop.owner.get(path)
    expect((await shop.owner.get(path, { "if-none-match": String(headers.etag) })).status).toBe(304)
    const other = await shop.owner.get(`/files/${id}`, { "if-none-match": String(headers.etag) })
    expect(other.status).toBe(200)
    const stranger = await app.workspace()
    expect((await stranger.owner.get(path)).status).toBe(404)
    expect((await app.anonymous.get(path)).status).toBe(401)
    await shop.owner.delete(`/people/${person}`)
    expect((await shop.owner.get(path)).status).toBe(404)
    expect((await shop.owner.get(path, { "if-none-match": String(headers.etag) })).status).toBe(404)
  })
})

describe("the small pictures made so far", () => {
  it("are made once, and can be deleted at any time", async () => {
    const id = await uploaded(await photo())
    const first = await fetched(id, "small")
    await rm(app.services.contents.waitingRoom, { recursive: true })
    await rm(join(app.services.dataDir, "files"), { recursive: true })
    expect((await fetched(id, "small")).bytes).toEqual(first.bytes)
    await rm(join(app.services.dataDir, "thumbnails"), { recursive: true })
    expect((await fetched(id, "small")).status).toBe(404)
  })

  it("are not tried again where there can't be one", async () => {
    const id = await uploaded(pixel.subarray(0, 30), "half.png")
    expect((await fetched(id, "small")).status).toBe(415)
    await rm(join(app.services.dataDir, "files"), { recursive: true })
    expect((await fetched(id, "small")).status).toBe(415)
  })

  /** Asks for small pictures of contents whose bytes come when they may; `fetched` is in the order they were asked for. */
  async function slowStore(arrival: (hash: string) => Promise<void>) {
    const fetched: string[] = []
    const contents = {
      ...app.services.contents,
      async read(hash: string) {
        fetched.push(hash)
        await arrival(hash)
        return Readable.from([pixel])
      },
    }
    const services = { ...app.services, contents, dataDir: await makeFolder() }
    const ask = (workspaceId: string, hash: string) =>
      thumbnailOf(
        { services, workspaceId },
        { hash, mediaType: "image/png", size: 9 } as FileRow,
        "small",
      ).then(
        () => "made",
        ({ code }: { code: string }) => code,
      )
    return { fetched, ask }
  }
  const hashOf = (index: number) => String(index).padStart(64, "0")

  it("are waited for by so many of a workspace at most, by turns with other workspaces", async () => {
    const gate = Promise.withResolvers<void>()
    const { fetched, ask } = await slowStore(() => gate.promise)
    const many = Array.from({ length: 206 }, (_, index) => ask("busy", hashOf(index)))
    const other = ask("other", hashOf(999))
    await expect.poll(() => fetched.length).toBeGreaterThan(0)
    gate.resolve()
    const outcomes = await Promise.all(many)
    expect(outcomes.filter((outcome) => outcome === "unavailable")).toHaveLength(3)
    expect(outcomes.filter((outcome) => outcome === "made")).toHaveLength(203)
    expect(await other).toBe("made")
    expect(fetched.indexOf(hashOf(999))).toBeLessThan(10)
  })

  it("are made while another picture is still on its way", async () => {
    const gate = Promise.withResolvers<void>()
    const { ask } = await slowStore((hash) => (hash === hashOf(0) ? gate.promise : Promise.resolve()))
    const late = ask("shop", hashOf(0))
    for (const index of [1, 2, 3]) expect(await ask("shop", hashOf(index))).toBe("made")
    gate.resolve()
    expect(await late).toBe("made")
  })

  it("take no more room than they may, and go after a week", async () => {
    const clock = { now: new Date("2026-03-18T10:00:00Z") }
    const cache = { dataDir: await makeFolder(), now: () => clock.now }
    const keep = async (index: number) => {
      await keepThumbnail(cache, { hash: hashOf(index), size: "small" }, Buffer.alloc(1000), 10_000)
      await utimes(join(cache.dataDir, "thumbnails", `${hashOf(index)}-small.webp`), clock.now, clock.now)
    }
    const there = async (index: number) => (await findThumbnail(cache, hashOf(index), "small")) !== undefined
    for (let index = 0; index < 30; index++) {
      clock.now = new Date(clock.now.getTime() + 1000)
      await keep(index)
      expect((await readdir(join(cache.dataDir, "thumbnails"))).length).toBeLessThanOrEqual(10)
    }
    expect([await there(0), await there(29)]).toEqual([false, true])
    clock.now = new Date(clock.now.getTime() + 8 * 86_400_000)
    await keep(30)
    expect([await there(29), await there(30)]).toEqual([false, true])
  })

  it("go with their content", async () => {
    await mkdir(join(app.services.dataDir, "thumbnails"), { recursive: true })
    const before = await cached()
    const kept = await uploaded(await photo())
    const orphan = await uploaded(await picture(20, 20).png().toBuffer())
    for (const id of [kept, orphan]) await fetched(id, "small")
    expect(await cached()).toHaveLength(before.length + 2)
    const { owner } = app.services.pools
    await owner.query("delete from files where id = $1", [orphan])
    const old = new Date(app.clock.now.getTime() - 25 * 60 * 60 * 1000)
    const store = join(app.services.dataDir, "files")
    for (const entry of await readdir(store, { recursive: true, withFileTypes: true }))
      if (entry.isFile()) await utimes(join(entry.parentPath, entry.name), old, old)
    await app.inWorkspace(shop, async (ctx) => app.services.registry.jobs.get("files.sweep")?.handle(ctx, {}))
    expect(await cached()).toHaveLength(before.length + 1)
    expect((await fetched(kept, "small")).status).toBe(200)
  })
})
