import { createHash } from "node:crypto"
import { existsSync } from "node:fs"
import { readdir, rm } from "node:fs/promises"
import { createServer } from "node:http"
import type { AddressInfo } from "node:net"
import { join } from "node:path"
import { Readable } from "node:stream"
import { buffer } from "node:stream/consumers"
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest"
import yazl from "yazl"
import { startTestApp, type TestApp, type TestWorkspace } from "../../../testing/app.ts"
import { contentKey } from "../../kernel/contents/content-store.ts"
import { openFile, storeStream } from "./index.ts"
import { pixel, pngOf, upload } from "./testing.ts"

let app: TestApp
let shop: TestWorkspace
beforeAll(async () => {
  app = await startTestApp()
})
beforeEach(async () => {
  shop = await app.workspace()
})
afterAll(() => app.close())

const hashOf = (content: string | Buffer) => createHash("sha256").update(content).digest("hex")
const whereIs = (content: string | Buffer) => join(app.services.dataDir, "files", contentKey(hashOf(content)))

describe("uploads", () => {
  it("come back as they went, under their name", async () => {
    const content = Buffer.from("Preisliste\n1,20 €\n")
    const answer = await upload(shop.owner, content, "Preise Frühling.txt", "text/html")
    expect(answer.status).toBe(201)
    expect(answer.body.data).toMatchObject({
      name: "Preise Frühling.txt",
      mediaType: "text/plain",
      size: content.length,
    })
    const file = await shop.owner.get(`/files/${answer.body.data.id}`)
    expect(file.text).toBe(content.toString())
    expect(file.headers).toMatchObject({
      "content-length": String(content.length),
      "content-disposition":
        "attachment; filename=\"Preise Fr_hling.txt\"; filename*=UTF-8''Preise%20Fr%C3%BChling.txt",
      "cache-control": "private, no-cache",
    })
    expect((await shop.owner.get(`/files/${answer.body.data.id}/about`)).body).toEqual(answer.body)
  })

  it("that lie whole on the disk are read again only when they changed", async () => {
    const { id } = (await upload(shop.owner, "same")).body.data
    const { headers } = await shop.owner.get(`/files/${id}`)
    const again = await shop.owner.get(`/files/${id}`, { "if-none-match": String(headers.etag) })
    expect([again.status, again.text]).toEqual([304, ""])
  })

  it.each([
    ["a page", "<!doctype html><script>fetch('/api/v1/people')</script>", "page.html", "text/html"],
    ["a drawing", "<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", "x.svg", "image/svg+xml"],
    ["XML with a stylesheet", "<?xml version='1.0'?><?xml-stylesheet href='x'?><a/>", "x.xml", "text/xml"],
    ["a picture that is also a page", "GIF89a\x01\0\x01\0<html><script>", "x.gif", "text/html"],
    ["a document that is also a page", "%PDF-1.4 <html><script>", "x.html", "text/html"],
  ])("of %s run nothing where they are opened (FI01)", async (_, content, name, claimed) => {
    const { id } = (await upload(shop.owner, content, name, claimed)).body.data
    const { headers } = await shop.owner.get(`/files/${id}`)
    expect(headers["x-content-type-options"]).toBe("nosniff")
    expect(headers["content-security-policy"]).toBe("default-src 'none'; sandbox; frame-ancestors 'none'")
    expect(headers["content-type"]).not.toMatch(/html|svg|xml/)
    const isPicture = String(headers["content-type"]).startsWith("image/")
    expect(String(headers["content-disposition"])).toMatch(isPicture ? /^inline/ : /^attachment/)
  })

  it.each([
    ["gif", "GIF89a\x50\xc3\x50\xc3"],
    ["jpg", "\xff\xd8\xff\xc0\0\x11\x08\xc3\x50\xc3\x50"],
    ["webp", "RIFF....WEBPVP8X\x0a\0\0\0\0\0\0\0\x4f\xc3\0\x4f\xc3\0"],
    ["avif", "....ftypavif....ispe\0\0\0\0\0\0\xc3\x50\0\0\xc3\x50"],
  ])("of pictures of 50,000 a side are refused as %s, too (FI05)", async (ending, content) => {
    const bomb = await upload(shop.owner, Buffer.from(content, "latin1"), `bomb.${ending}`)
    expect(bomb.body.errors).toMatchObject([{ path: "file", code: "image_too_large" }])
  })

  it("of pictures are shown, unless they would exhaust whoever decodes them (FI05)", async () => {
    const { id } = (await upload(shop.owner, pixel, "x.txt")).body.data
    const { headers } = await shop.owner.get(`/files/${id}`)
    expect(headers["content-type"]).toBe("image/png")
    expect(headers["content-disposition"]).toMatch(/^inline/)
    const bomb = await upload(shop.owner, pngOf(50_000, 50_000), "bomb.png")
    expect(bomb.status).toBe(422)
    expect(bomb.body.errors).toMatchObject([{ path: "file", code: "image_too_large", limit: 50 }])
    expect(bomb.body.detail).toBe(
      "file: is a picture of more than 50 megapixels; make it smaller and send it again",
    )
    // Nor does it lie in the store until the next sweep.
    expect(existsSync(whereIs(pngOf(50_000, 50_000)))).toBe(false)
    expect(await readdir(join(app.services.dataDir, "files", "incoming"))).toEqual([])
  })

  it.each(["../../../evil.txt", "/etc/passwd", "a\u0000b.txt", "x".repeat(300), "photo\u202egpj.exe", "CON"])(
    "named %j get an id of ours and a name that is safe (FI02)",
    async (name) => {
      const answer = await upload(shop.owner, name, name)
      expect(answer.status).toBe(201)
      expect(answer.body.data.id).toMatch(/^[0-9a-f-]{36}$/)
      expect(answer.body.data.name).not.toMatch(/[/\\\p{Cc}\u202a-\u202e]|^CON$/u)
      expect((await shop.owner.get(`/files/${answer.body.data.id}`)).text).toBe(name)
      expect(existsSync(whereIs(name))).toBe(true)
    },
  )

  it("choose neither their id nor where they lie, nor their type (FI02)", async () => {
    const given = { id: shop.ownerId, hash: "0".repeat(64), key: "../escaped", mediaType: "text/html" }
    const fields = Object.entries(given).map(
      ([name, value]) => `--e\r\ncontent-disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`,
    )
    const answer = await shop.owner.call({
      method: "POST",
      url: "/api/v1/files?id=chosen&key=chosen",
      payload: `${fields.join("")}--e\r\ncontent-disposition: form-data; name="file"; filename="a.txt"\r\n\r\nchosen?\r\n--e--\r\n`,
      headers: { "content-type": "multipart/form-data; boundary=e" },
    })
    expect(answer.status, answer.text).toBe(201)
    expect(answer.body.data.mediaType).toBe("text/plain")
    expect(answer.body.data.id).not.toBe(given.id)
    expect(existsSync(whereIs("chosen?"))).toBe(true)
    expect(existsSync(join(app.services.dataDir, "escaped"))).toBe(false)
  })

  it("with entities and documents from elsewhere are kept as they are: nothing is fetched or expanded (FI04)", async () => {
    let hits = 0
    const canary = createServer((_, answer) => {
      hits++
      answer.end("fetched")
    })
    await new Promise<void>((resolve) => canary.listen(0, "127.0.0.1", resolve))
    const { port } = canary.address() as AddressInfo
    const doctype = `<!DOCTYPE x [<!ENTITY a "lol"><!ENTITY b "${"&a;".repeat(50)}"><!ENTITY e SYSTEM "http://127.0.0.1:${port}/x">]>`
    const svg = `<?xml version="1.0"?>${doctype}<svg xmlns="http://www.w3.org/2000/svg"><text>&b;&e;</text><image href="http://127.0.0.1:${port}/i"/></svg>`
    const word = new yazl.ZipFile()
    word.addBuffer(Buffer.from(svg), "word/document.xml")
    word.end()
    const docx = await buffer(word.outputStream)
    for (const [content, name] of [
      [Buffer.from(svg), "x.svg"],
      [docx, "x.docx"],
    ] as const) {
      const { id } = (await upload(shop.owner, content, name)).body.data
      const { status, headers } = await shop.owner.get(`/files/${id}`)
      expect([status, headers["content-length"]]).toEqual([200, String(content.length)])
      await shop.owner.post("/notes", { text: "see it", files: [id] })
    }
    await app.drain()
    expect(hits).toBe(0)
    canary.close()
  })

  it("over 25 MB are refused and leave nothing behind", async () => {
    const answer = await upload(shop.owner, Buffer.alloc(25 * 1024 * 1024 + 1))
    expect([answer.status, answer.body.code]).toEqual([413, "payload_too_large"])
    expect(await readdir(join(app.services.dataDir, "files", "incoming"))).toEqual([])
  })

  it("over 25 MB get their answer also while they are still being sent", async () => {
    const origin = await app.server.listen({ port: 0, host: "127.0.0.1" })
    const body = new FormData()
    body.set("file", new Blob([Buffer.alloc(60 * 1024 * 1024)]), "film.mp4")
    const headers = { authorization: `Bearer ${shop.apiKey}` }
    const answer = await fetch(`${origin}/api/v1/files`, { method: "POST", headers, body })
    expect([answer.status, (await answer.json()).code]).toEqual([413, "payload_too_large"])
  })

  it("without a file, or not as a form, are answered in words", async () => {
    expect((await shop.owner.post("/files", { file: "x" })).status).toBe(415)
    const empty = await shop.owner.call({
      method: "POST",
      url: "/api/v1/files",
      payload: '--e\r\ncontent-disposition: form-data; name="other"\r\n\r\nx\r\n--e--\r\n',
      headers: { "content-type": "multipart/form-data; boundary=e" },
    })
    expect(empty.status).toBe(422)
  })
})

describe("who may see a file (FI06)", () => {
  it("nobody without a session, no other workspace", async () => {
    const { id } = (await upload(shop.owner, "secret")).body.data
    const stranger = await app.workspace()
    for (const path of [`/files/${id}`, `/files/${id}/about`]) {
      expect((await app.anonymous.get(path)).status).toBe(401)
      expect((await stranger.owner.get(path)).status).toBe(404)
    }
    const note = await stranger.owner.post("/notes", { text: "x", files: [id] })
    expect(note.status).toBe(422)
  })

  it("its uploader at first, then whoever may read a record it is attached to", async () => {
    const viewer = await app.member(shop, "viewer")
    const { id } = (await upload(shop.owner, "for a note")).body.data
    expect((await viewer.get(`/files/${id}`)).status).toBe(404)
    const { id: noteId } = (await shop.owner.post("/notes", { text: "see file", files: [id] })).body.data
    expect((await viewer.get(`/files/${id}`)).text).toBe("for a note")
    await shop.owner.delete(`/notes/${noteId}`)
    for (const client of [viewer, shop.owner]) expect((await client.get(`/files/${id}`)).status).toBe(404)
    await shop.owner.post(`/notes/${noteId}/restore`)
    expect((await viewer.get(`/files/${id}`)).status).toBe(200)
    await shop.owner.patch(`/notes/${noteId}`, { files: [] })
    expect((await viewer.get(`/files/${id}`)).status).toBe(404)
  })

  it("a viewer uploads nothing", async () => {
    const viewer = await app.member(shop, "viewer")
    expect((await upload(viewer, "x")).status).toBe(403)
  })
})

describe("the store", () => {
  it("keeps the same content once, for all workspaces", async () => {
    const other = await app.workspace()
    const ids = [await upload(shop.owner, "shared"), await upload(other.owner, "shared")].map(
      ({ body }) => body.data.id,
    )
    expect(new Set(ids).size).toBe(2)
    expect(existsSync(whereIs("shared"))).toBe(true)
  })

  it("takes streams of any size the caller allows and gives them back", async () => {
    const chunk = Buffer.alloc(1024 * 1024, "x")
    const stream = () => Readable.from(Array.from({ length: 40 }, () => chunk))
    await app.inWorkspace(shop, async (ctx) => {
      const file = await storeStream(ctx, stream(), "big.csv", { limit: 50 * 1024 * 1024 })
      const opened = await openFile(ctx, file.id)
      let size = 0
      for await (const part of opened.stream) size += (part as Buffer).length
      expect(size).toBe(file.size)
      await expect(storeStream(ctx, stream(), "big.csv", { limit: 1024 })).rejects.toMatchObject({
        code: "payload_too_large",
      })
    })
    const stranger = await app.workspace()
    const { id } = (await upload(shop.owner, "mine")).body.data
    await app.inWorkspace(stranger, (ctx) =>
      expect(openFile(ctx, id)).rejects.toMatchObject({ code: "not_found" }),
    )
  })

  it("keeps nothing of an upload that breaks off", async () => {
    const broken = Readable.from(
      (async function* () {
        yield Buffer.from("half of it")
        throw new Error("connection lost")
      })(),
    )
    await app.inWorkspace(shop, async (ctx) =>
      expect(storeStream(ctx, broken, "x", { limit: 1000 })).rejects.toThrow("connection lost"),
    )
    expect(existsSync(whereIs("half of it"))).toBe(false)
    expect(await readdir(join(app.services.dataDir, "files", "incoming"))).toEqual([])
  })

  it("says so when content has got lost", async () => {
    const { id } = (await upload(shop.owner, "lost")).body.data
    await rm(whereIs("lost"))
    const answer = await shop.owner.get(`/files/${id}`)
    expect(answer.status).toBe(404)
    expect(answer.body.detail).toMatch(/content .* missing/)
    expect(answer.headers["content-type"]).toMatch(/^application\/problem\+json/)
  })
})
