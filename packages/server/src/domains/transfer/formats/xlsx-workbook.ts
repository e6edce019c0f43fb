import { FormatError } from "./format-error.ts"
import { StringStore } from "./string-store.ts"
import { MAX_CELL_LENGTH } from "./table.ts"
import { type Archive, damaged } from "./xlsx-archive.ts"
import { type NumberKind, numberKind } from "./xlsx-values.ts"
import { parseXml, type XmlHandlers } from "./xml-events.ts"

export type Sheet = { name: string; hidden: boolean; part: string }

export type Workbook = {
  sheets: Sheet[]
  uses1904: boolean
  /** Number kind by the style index of a cell. */
  kinds: NumberKind[]
  strings: StringStore
}

/** The parts that are kept in memory, lists of sheets and styles, are small in honest files. */
const MAX_PART_BYTES = 32 * 1024 * 1024

/**
 * Reads what the sheets of a workbook refer to: their list, number formats and shared strings.
 * The caller closes `strings`.
 */
export async function readWorkbook(archive: Archive): Promise<Workbook> {
  const roots = archive.size("_rels/.rels") === undefined ? [] : await readLinks(archive, "_rels/.rels", "")
  const main = roots.find((link) => link.kind === "officeDocument")?.part ?? "xl/workbook.xml"
  const slash = main.lastIndexOf("/") + 1
  const folder = main.slice(0, slash)
  const links = await readLinks(archive, `${folder}_rels/${main.slice(slash)}.rels`, folder)
  const { sheets, uses1904 } = await readSheets(archive, main, links)
  const part = (kind: string) => {
    const name = links.find((link) => link.kind === kind)?.part
    return name !== undefined && archive.size(name) !== undefined ? name : undefined
  }
  const styles = part("styles")
  const kinds = styles === undefined ? [] : await readKinds(archive, styles)
  return { sheets, uses1904, kinds, strings: await readStrings(archive, part("sharedStrings")) }
}

/**
 * The sheet of that name, else the first visible one.
 * @throws FormatError `validation_failed` when there is none
 */
export function chooseSheet(sheets: readonly Sheet[], wanted?: string): Sheet {
  const sheet = wanted === undefined ? (sheets.find((it) => !it.hidden) ?? sheets[0]) : undefined
  const found = sheet ?? sheets.find((it) => it.name === wanted)
  if (found) return found
  throw new FormatError("validation_failed", "The workbook has no such sheet", {
    reason: "unknown_sheet",
    remedy: "Choose one of the listed sheets",
  })
}

async function readPart(archive: Archive, name: string, handlers: XmlHandlers): Promise<void> {
  if ((archive.size(name) ?? 0) > MAX_PART_BYTES) damaged(new Error(`part ${name} is too large`))
  await drain(parseXml(await archive.read(name), handlers))
}

async function drain(pieces: AsyncGenerator<number>): Promise<void> {
  while (!(await pieces.next()).done);
}

type Link = { id: string; kind: string; part: string }

async function readLinks(archive: Archive, name: string, folder: string): Promise<Link[]> {
  const links: Link[] = []
  await readPart(archive, name, {
    open(tag, { Id = "", Type = "", Target = "", TargetMode }) {
      if (tag !== "Relationship" || TargetMode === "External") return
      const part = Target.startsWith("/") ? Target.slice(1) : `${folder}${Target}`
      const path = new URL(part, "file:///").pathname.slice(1)
      links.push({ id: Id, kind: Type.slice(Type.lastIndexOf("/") + 1), part: decodeURIComponent(path) })
    },
  })
  return links
}

async function readSheets(archive: Archive, main: string, links: readonly Link[]) {
  const sheets: Sheet[] = []
  let uses1904 = false
  await readPart(archive, main, {
    open(tag, attributes) {
      if (tag === "workbookPr") uses1904 = /^(1|true)$/.test(attributes.date1904 ?? "")
      if (tag !== "sheet") return
      const id = Object.entries(attributes).find(([name]) => /(^|:)id$/.test(name))?.[1]
      const link = links.find((it) => it.id === id)
      // Chart and dialogue sheets have no cells.
      if (link?.kind !== "worksheet") return
      const hidden = (attributes.state ?? "visible") !== "visible"
      sheets.push({ name: attributes.name ?? "", hidden, part: link.part })
    },
  })
  return { sheets, uses1904 }
}

async function readKinds(archive: Archive, name: string): Promise<NumberKind[]> {
  const codes = new Map<number, string>()
  const kinds: NumberKind[] = []
  let inCells = false
  await readPart(archive, name, {
    open(tag, attributes) {
      if (tag === "numFmt") codes.set(Number(attributes.numFmtId), attributes.formatCode ?? "")
      if (tag === "cellXfs") inCells = true
      if (tag !== "xf" || !inCells) return
      const id = Number(attributes.numFmtId ?? 0)
      kinds.push(numberKind(id, codes.get(id)))
    },
    close(tag) {
      if (tag === "cellXfs") inCells = false
    },
  })
  return kinds
}

async function readStrings(archive: Archive, name: string | undefined): Promise<StringStore> {
  const store = new StringStore()
  if (name === undefined) return store
  const item = stringCollector()
  try {
    const pieces = parseXml(await archive.read(name), {
      ...item,
      close(tag) {
        item.close(tag)
        if (tag === "si") store.append(item.take())
      },
    })
    await drain(pieces)
    store.finish()
    return store
  } catch (error) {
    store.close()
    throw error
  }
}

/**
 * Gathers the text of a shared or inline string: plain or in several formatted runs, without the reading aids of
 * East Asian text. One character more than a cell may hold is kept, so that the excess can be noticed.
 */
export function stringCollector() {
  let text = ""
  let inText = false
  let inPhonetic = false
  return {
    open(tag: string): void {
      if (tag === "rPh") inPhonetic = true
      else if (tag === "t") inText = !inPhonetic
    },
    text(value: string): void {
      if (inText && text.length <= MAX_CELL_LENGTH) text += value.slice(0, MAX_CELL_LENGTH + 1 - text.length)
    },
    close(tag: string): void {
      if (tag === "rPh") inPhonetic = false
      else if (tag === "t") inText = false
    },
    take(): string {
      const taken = unescapeText(text)
      text = ""
      return taken
    },
  }
}

/** Characters XML can't hold are kept as _x0001_ in a workbook, and a literal "_x0001_" as "_x005F_x0001_". */
function unescapeText(text: string): string {
  if (!text.includes("_x")) return text
  return text.replace(/_x([0-9A-Fa-f]{4})_/g, (_, code: string) =>
    String.fromCharCode(Number.parseInt(code, 16)),
  )
}
