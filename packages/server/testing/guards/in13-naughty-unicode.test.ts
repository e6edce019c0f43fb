import { readFileSync } from "node:fs"
import { join } from "node:path"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import {
  startTransferApp,
  type TransferApp,
  upload,
} from "../../src/domains/transfer/testing/transfer-app.ts"
import type { TestWorkspace } from "../app.ts"
import { json, sample, sharedData } from "../format-files.ts"

let app: TransferApp
beforeAll(async () => {
  app = await startTransferApp()
})
afterAll(() => app.close())

const marks = Array.from({ length: 1000 }, (_, index) => String.fromCharCode(0x300 + (index % 0x70))).join("")
const odd = [
  `a${marks}`,
  "\u202eevil\u202c txt.exe",
  "\u2066left\u2069 שלום عربي right",
  "👨‍👩‍👧‍👦 🏳️‍🌈 👩🏽‍🚀",
  "z\u200bw\u200dj\u200cn",
  "\ufeffmarked",
  "in\ufeffside",
  "\ufdd0\uffff\u{1ffff}",
  "\u{e0001}\u{e0041}tags",
  "line\u2028and\u2029paragraph\u0085next",
  "e\u0301 and \u00e9",
  "각 and 각",
  "\ufdfa\ufb03\u2163",
  "İıſßẞΣς",
  "\u0001\u0007\u001b[31m\u007f\u009f",
  "tab\tand\u00a0space\u3000wide",
  "\u{10ffff}\u{1f600}",
  "=1+1",
  '"quoted", and; split\nover\nlines',
]
/** What no text may hold: the database has no NUL, and half a pair is no letter. */
const refused = ["nul\0inside", "\0", "\ud800", "a\udfffb", "\udc00\ud800"]

function strings(): string[] {
  const folder = sharedData("naughty-strings")
  const more = folder ? (JSON.parse(readFileSync(join(folder, "blns.json"), "utf8")) as string[]) : []
  return [...new Set([...odd, ...(json(sample("naughty-strings/blns.json")) as string[]), ...more])].filter(
    (text) => text.trim() !== "",
  )
}
const cut = (text: string, length: number) => [...text].slice(0, length).join("").trim()
const keyOf = (text: string) => cut(text, 90)

/** People who carry each text in every kind of field. */
async function carriers(
  workspace: TestWorkspace,
  texts: readonly string[],
): Promise<Record<string, never>[]> {
  const rows = texts.map((text, index) => ({
    name: cut(text, 120),
    emails: [{ address: `n${index}@example.com` }],
    description: text,
    preferences: { [keyOf(text)]: text },
    tags: [cut(text, 50)],
    styleNote: text,
    addresses: [{ street: cut(text, 120), label: cut(text, 20) }],
  }))
  const made = await workspace.owner.post("/people/batch", { rows })
  expect(made.status, made.text.slice(0, 500)).toBe(200)
  expect(made.body.data.filter(({ status }: { status: string }) => status !== "created")).toEqual([])
  return app.records(workspace, "people")
}

describe("naughty Unicode (IN13)", () => {
  it("comes back as it went in, and is found again", async () => {
    const workspace = await app.workspace()
    const texts = strings()
    expect(texts.length).toBeGreaterThan(400)
    const people = new Map((await carriers(workspace, texts)).map((person) => [emailOf(person), person]))
    for (const [index, text] of texts.entries()) {
      const person = people.get(`n${index}@example.com`) as Record<string, unknown>
      expect(person).toMatchObject({
        name: cut(text, 120),
        description: text.trimEnd(),
        preferences: { [keyOf(text)]: text },
        tags: [cut(text, 50)],
      })
      // Calls one by one are for the oddest, and some of the others.
      if (!odd.includes(text) && index % 5 > 0) continue
      const about = [{ type: "person", id: person.id }]
      const note = await workspace.owner.post("/notes", { text, about })
      expect(note.body.data.text).toBe(text.trim())
      const name = cut(text, 120)
      const renamed = await workspace.owner.patch(`/people/${person.id}`, { name: `x${name}x` })
      expect(renamed.body.data.name).toBe(`x${name}x`)
      const filter = { field: "name", op: "is", value: `x${name}x` }
      const found = await workspace.owner.post("/people/query", { filter })
      expect(found.status, found.text).toBe(200)
      expect(found.body.data.map(({ id }: { id: string }) => id)).toContain(person.id)
      const search = await workspace.owner.get(`/search?q=${encodeURIComponent(cut(text, 90))}`)
      expect([200, 422], search.text).toContain(search.status)
    }
  })

  it.each(["csv", "xlsx", "vcard"])("comes back the same through %s", async (format) => {
    const workspace = await app.workspace()
    const before = await carriers(workspace, strings())
    const file = await app.server.inject({
      method: "GET",
      url: `/api/v1/export?entity=people&format=${format}`,
      headers: { host: "localhost:3000", authorization: `Bearer ${workspace.apiKey}` },
    })
    expect(file.statusCode).toBe(200)
    const { result } = await app.importFile(workspace, file.rawPayload, { name: `naughty.${format}` })
    expect(result.problems).toEqual([])
    expect(result.counts).toMatchObject({ rows: before.length, unchanged: before.length })
    expect(await app.records(workspace, "people")).toEqual(before)
  })

  it.each(refused)("is refused where it is no text: %j", async (text) => {
    const { owner } = await app.workspace()
    const { id } = (await owner.post("/people", { name: "Ana" })).body.data
    const bodies = [
      { name: text },
      { description: text },
      { tags: [text] },
      { preferences: { [text]: "x" } },
      { preferences: { x: text } },
      { addresses: [{ street: text }] },
    ]
    for (const body of bodies) {
      for (const answer of [
        await owner.post("/people", { name: "Bo", ...body }),
        await owner.patch(`/people/${id}`, body),
      ])
        expect([400, 422], `${JSON.stringify(body)} ${answer.text}`).toContain(answer.status)
      const batch = await owner.post("/people/batch", { rows: [{ name: "Bo", ...body }] })
      expect(batch.body.data, JSON.stringify(body)).toMatchObject([{ status: "refused" }])
    }
    const filters = [
      { field: "name", op: "is", value: text },
      { field: "name", op: "contains", value: text },
      { search: text },
      { field: text, op: "is", value: "x" },
    ]
    for (const filter of filters)
      expect([200, 422]).toContain((await owner.post("/people/query", { filter })).status)
    for (const path of [
      `/search?q=${encoded(text)}`,
      `/people?sort=${encoded(text)}`,
      `/people/${encoded(text)}`,
    ])
      expect((await owner.get(path)).status).toBeLessThan(500)
  })

  it("in a file is read as far as it is text, and stops no import", async () => {
    const { owner } = await app.workspace()
    const imported = async (file: string | Buffer) => {
      const made = await upload(owner, file, { name: "na\u202eughty\u0001.csv" })
      expect(made.status, made.text).toBe(201)
      const path = `/imports/${made.body.data.id}`
      expect((await owner.post(`${path}/run`)).status).toBe(202)
      await app.drain()
      const { data } = (await owner.get(path)).body
      expect(data).toMatchObject({ status: "done", error: null })
      return data
    }
    const bad = Buffer.from([0x22, 0xff, 0xc3, 0x28, 0xed, 0xa0, 0x80, 0x22])
    const lines = [
      "Name,E-mail,Na\u202eughty\u0001",
      `Ana,a@example.com,${marks.slice(0, 200)}`,
      `Bo,b@example.com,\ud800`,
    ]
    const content = Buffer.concat([Buffer.from(`${lines.join("\n")}\nCy,c@example.com,`), bad])
    const { counts, problems } = await imported(content)
    // Those bytes are no UTF-8; what the marks before them are then taken for has no letter.
    expect(problems).toMatchObject([{ line: 2, code: "invalid_characters" }])
    expect(counts).toMatchObject({ rows: 3, created: 2, refused: 1 })
    const nul = await imported("Name,E-mail,H\0ead\nD\0ee,d@example.com,x\nEd,e@example.com,y")
    expect(nul.counts).toMatchObject({ rows: 2, created: 1, refused: 1 })
  })
})
function emailOf(person: Record<string, { address: string }[]>): string {
  return person.emails?.[0]?.address ?? ""
}
/** As a hostile client writes it: halves of a pair as the three bytes they would have. */
function encoded(text: string): string {
  return text.isWellFormed() ? encodeURIComponent(text) : "%ED%A0%80"
}
