import type { RichText } from "@regulars/contract/kernel/fields.ts"
import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { prepareNote } from "./activities.rules.ts"
import { cleanRichText, mentionedIn, type Node, paragraphs, plainText } from "./rich-text.ts"

const anna = "0190a1b2-0000-7000-8000-000000000001"
const words = (text: string, ...marks: object[]) => ({
  type: "text",
  text,
  ...(marks.length > 0 && { marks }),
})
const paragraph = (...content: object[]) => ({ type: "paragraph", content })
const item = (...content: object[]) => ({ type: "listItem", content })
const doc = (...content: unknown[]): RichText => ({ type: "doc", content })
const clean = (...content: unknown[]) => cleanRichText(doc(...content)).content

describe("a document", () => {
  it("keeps everything an editor of ours writes", () => {
    const all = doc(
      { type: "heading", attrs: { level: 2 }, content: [words("Call")] },
      paragraph(
        words("She wants ", { type: "bold" }, { type: "underline" }),
        words("the list", { type: "link", attrs: { href: "https://example.com/list" } }),
        { type: "hardBreak" },
        { type: "mention", attrs: { id: anna, label: "Anna" } },
      ),
      { type: "bulletList", content: [item(paragraph(words("one"))), item(paragraph(words("two")))] },
      { type: "orderedList", attrs: { start: 3 }, content: [item(paragraph(words("three")))] },
      { type: "blockquote", content: [paragraph(words("said", { type: "italic" }))] },
      { type: "codeBlock", content: [words("x = 1\ny = 2")] },
      { type: "horizontalRule" },
      paragraph(),
    )
    const cleaned = cleanRichText(all)
    expect(cleaned).toEqual(cleanRichText(cleaned))
    expect(cleaned.content?.slice(0, -1)).toEqual(all.content?.slice(0, -1))
    expect(plainText(cleaned)).toBe(
      "Call\nShe wants the list\n@Anna\n- one\n- two\n3. three\nsaid\nx = 1\ny = 2",
    )
    expect(mentionedIn(cleaned)).toEqual([anna])
  })

  it.each<[string, unknown, unknown]>([
    [
      "an unknown node gives up its content",
      { type: "script", content: [words("kept")] },
      [paragraph(words("kept"))],
    ],
    [
      "a table becomes its paragraphs",
      {
        type: "table",
        content: [
          { type: "tableRow", content: [{ type: "tableCell", content: [paragraph(words("cell"))] }] },
        ],
      },
      [paragraph(words("cell"))],
    ],
    ["words outside a paragraph get one", words("stray"), [paragraph(words("stray"))]],
    [
      "a block inside a line gives up its form",
      paragraph(words("a"), { type: "heading", attrs: { level: 1 }, content: [words("b")] }),
      [paragraph(words("a"), words("b"))],
    ],
    ["a stray entry of a list gives up its sign", item(paragraph(words("a"))), [paragraph(words("a"))]],
    [
      "a block among entries becomes one",
      { type: "bulletList", content: [{ type: "blockquote", content: [paragraph(words("q"))] }] },
      [
        {
          type: "bulletList",
          content: [item({ type: "paragraph" }, { type: "blockquote", content: [paragraph(words("q"))] })],
        },
      ],
    ],
    ["an empty list vanishes", { type: "bulletList", content: [] }, []],
    [
      "code keeps no marks",
      { type: "codeBlock", content: [words("x", { type: "bold" })] },
      [{ type: "codeBlock", content: [words("x")] }],
    ],
    [
      "attributes nobody knows vanish",
      { type: "paragraph", attrs: { style: "x", onclick: "y" }, content: [words("a")] },
      [paragraph(words("a"))],
    ],
    [
      "a heading of level 6 is one of level 3",
      { type: "heading", attrs: { level: 6 } },
      [{ type: "heading", attrs: { level: 3 } }],
    ],
    [
      "a mention of nobody is a word",
      paragraph({ type: "mention", attrs: { id: "x", label: "Anna" } }),
      [paragraph(words("@Anna"))],
    ],
    ["a picture vanishes", { type: "image", attrs: { src: "https://tracker.example/x.gif" } }, []],
    ["what is no node vanishes", [null, 1, "x", {}, { type: "__proto__" }, { type: "constructor" }], []],
    [
      "characters the database refuses vanish",
      paragraph(words("a\0b\ud800")),
      [paragraph(words("ab\ufffd"))],
    ],
    [
      "marks nobody knows vanish, double ones too",
      words("a", { type: "textStyle" }, { type: "bold" }, { type: "bold" }),
      [paragraph(words("a", { type: "bold" }))],
    ],
  ])("%s", (_, given, expected) => {
    expect(clean(...(Array.isArray(given) ? given : [given]))).toEqual(
      (expected as Node[]).map((node) => (node.content?.length === 0 ? { type: node.type } : node)),
    )
  })

  it.each([
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    "java\tscript:alert(1)",
    " javascript:alert(1)",
    "\u0001javascript:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "vbscript:x",
    "file:///etc/passwd",
    "blob:https://example.com/x",
    "//evil.example",
    "/people",
    "example.com",
    "",
    42,
  ])("leads to no such address: %j", (href) => {
    expect(clean(words("link", { type: "link", attrs: { href } }))).toEqual([paragraph(words("link"))])
  })
  it.each(["https://example.com/ä?q=1", "http://example.com", "mailto:a@example.com", "tel:+4930123"])(
    "leads to such an address: %s",
    (href) => {
      const [line] = clean(
        words("link", { type: "link", attrs: { href, onclick: "x", target: "_self" } }),
      ) as Node[]
      expect(line?.content?.[0]?.marks).toEqual([{ type: "link", attrs: { href: new URL(href).href } }])
    },
  )

  it("too deep or too large is refused, not cut", () => {
    let deep: object = paragraph(words("deep"))
    for (let level = 0; level < 45; level++) deep = { type: "blockquote", content: [deep] }
    expect(() => clean(deep)).toThrow(/body/)
    let endless: object = words("deep")
    for (let level = 0; level < 100_000; level++) endless = { type: "unknown", content: [endless] }
    expect(() => clean(endless)).toThrow(/body/)
    expect(() => clean(...Array.from({ length: 20_001 }, () => paragraph()))).toThrow(/body/)
    expect(() => clean(paragraph(words("x".repeat(200_001))))).toThrow(/body/)
  })

  it("of any shape comes out sound, and cleaning it again changes nothing", () => {
    const { node } = fc.letrec((tie) => ({
      node: fc.record(
        {
          type: fc.constantFrom(
            ...["paragraph", "heading", "bulletList", "orderedList", "listItem", "blockquote", "codeBlock"],
            ...["text", "hardBreak", "horizontalRule", "mention", "table", "doc"],
          ),
          text: fc.string({ unit: "binary" }),
          attrs: fc.constantFrom(undefined, { level: 1 }, { id: anna, label: "A" }, { start: 2 }),
          marks: fc.constantFrom(
            undefined,
            [{ type: "bold" }],
            [{ type: "link", attrs: { href: "data:x" } }],
          ),
          content: fc.array(tie("node"), { maxLength: 4, depthIdentifier: "node" }),
        },
        { requiredKeys: ["type"] },
      ),
    }))
    fc.assert(
      fc.property(fc.array(node, { maxLength: 5 }), (content) => {
        const cleaned = cleanRichText(doc(...content))
        expect(cleanRichText(cleaned)).toEqual(cleaned)
        for (const one of cleaned.content as Node[]) checkBlock(one)
        plainText(cleaned)
      }),
    )
  })
})
/** The rules an editor holds a document to. */
function checkBlock(node: Node): void {
  const content = node.content ?? []
  if (node.type === "bulletList" || node.type === "orderedList") {
    expect(content.length).toBeGreaterThan(0)
    for (const entry of content) {
      expect(entry.type).toBe("listItem")
      expect(entry.content?.[0]?.type).toBe("paragraph")
      for (const block of entry.content ?? []) checkBlock(block)
    }
  } else if (node.type === "blockquote") {
    expect(content.length).toBeGreaterThan(0)
    for (const block of content) checkBlock(block)
  } else if (node.type === "codeBlock") {
    for (const part of content) expect(part).toEqual({ type: "text", text: part.text })
  } else {
    expect(["paragraph", "heading", "horizontalRule"]).toContain(node.type)
    for (const part of content) expect(["text", "hardBreak", "mention"]).toContain(part.type)
  }
}

describe("a note", () => {
  it("of plain text reads back as it was written", () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: "grapheme" }), { maxLength: 6 }), (lines) => {
        const text = lines
          .map((line) => line.replace(/[\r\n\0]/g, ""))
          .join("\n")
          .trim()
        expect(plainText(cleanRichText(paragraphs(text)))).toBe(text.toWellFormed())
      }),
    )
  })
  it("has the text of its body, whatever text came along", () => {
    expect(prepareNote({ body: doc(paragraph(words("body"))), text: "other" }, undefined)).toMatchObject({
      text: "body",
      mentions: [],
    })
  })
  it("keeps its form when its own text is sent back", () => {
    const before = { id: "n", version: 1, text: "Call\nher", body: doc() }
    expect(prepareNote({ text: "Call\nher" }, before)).toEqual({ text: "Call\nher" })
    expect(prepareNote({ text: "Other" }, before)).toMatchObject({ body: doc(paragraph(words("Other"))) })
    expect(prepareNote({ about: [] }, before)).toEqual({ about: [] })
  })
  it("emptied is empty in every form", () => {
    expect(prepareNote({ text: null }, undefined)).toEqual({ text: null, body: null, mentions: [] })
    expect(prepareNote({ body: doc(paragraph()) }, undefined)).toMatchObject({ text: null })
  })
})
