import type { ClipboardEvent } from "react"
import { readTsv, writeTsv } from "../../../../lib/tsv.ts"
import { toast } from "../../../../ui/toast.tsx"
import { includesOf } from "../columns.ts"
import { fetchRows } from "../fetch-rows.ts"
import type { Cell } from "../grid-navigation.ts"
import type { GridProps } from "../grid-props.ts"
import { cellOf } from "../use-grid-keys.ts"
import { cellText } from "./cell-text.ts"
import { pastedRect, type Rect } from "./range.ts"
import { mostRows, type useCellWriting } from "./use-cell-writing.ts"
import { carried } from "./wanted.ts"

/** What was copied here last: pasted here again it keeps what a text would lose. */
interface Copied {
  text: string
  keys: string[]
  values: unknown[][]
}
let copied: Copied | undefined

interface Around {
  active: Cell
  marked: Rect
  writing: Pick<ReturnType<typeof useCellWriting>, "queue" | "write">
  /** Marks what was pasted. */
  mark: (rect: Rect) => void
}
/** Copies the marked cells as a spreadsheet takes them, pastes what one has copied, fills down. */
export function clipboardOf(props: GridProps, { active, marked, writing, mark }: Around) {
  const { entity, ids, columns, rowOf, texts, mayEdit } = props
  const { t } = texts
  const isHere = ({ target }: ClipboardEvent) => cellOf(target) && active.row >= 0 && active.column > 0

  function onPaste(event: ClipboardEvent) {
    const text = event.clipboardData.getData("text/plain").replaceAll("\r\n", "\n")
    if (!isHere(event) || !mayEdit || text === "") return
    event.preventDefault()
    const block = readTsv(text)
    const width = block[0]?.length ?? 1
    const own = copied?.text === text ? copied : undefined
    const size = { rows: ids.length, columns: columns.length + 1 }
    const rect = pastedRect(marked, { rows: block.length, columns: width }, size)
    const left = block.length - (rect.bottom - rect.top + 1)
    if (left > 0) toast({ text: t("list.sheet.rowsLeft", { count: left }), bad: true })
    mark(rect)
    writing.write(rect, (row, place) => {
      const column = columns[place - 1]
      const [line, at] = [(row - rect.top) % block.length, (place - rect.left) % width]
      const cell = block[line]?.[at] ?? ""
      if (!column || own?.keys[at] !== column.key) return { text: cell }
      return { value: carried(column, own.values[line]?.[at]), text: cell }
    })
  }
  function onCopy(event: ClipboardEvent) {
    if (!isHere(event)) return
    event.preventDefault()
    const { top, bottom } = marked
    if (bottom - top >= mostRows) {
      toast({ text: t("list.sheet.tooMany", { count: mostRows }), bad: true })
      return
    }
    const here = Array.from({ length: bottom - top + 1 }, (_, step) => rowOf(top + step))
    if (here.every((row) => row !== undefined)) {
      event.clipboardData.setData("text/plain", keep(here, texts.nameOf))
      return
    }
    // Rows further down than anybody has looked are fetched first.
    const fields = { fields: wanted().map(({ key }) => key), include: includesOf(wanted()) }
    writing.queue(async () => {
      const { rows, names } = await fetchRows(entity, ids.slice(top, bottom + 1), fields)
      const nameOf = (target: string, id: string) => names.get(`${target} ${id}`) ?? texts.nameOf(target, id)
      await navigator.clipboard.writeText(keep(rows, nameOf))
    })
  }
  const wanted = () => columns.slice(marked.left - 1, marked.right)
  function keep(rows: readonly Record<string, unknown>[], nameOf: typeof texts.nameOf): string {
    const words = { ...texts, nameOf }
    const text = writeTsv(
      rows.map((row) => wanted().map(({ key, field }) => cellText(key, field, row[key], words))),
    )
    copied = {
      text,
      keys: wanted().map(({ key }) => key),
      values: rows.map((row) => wanted().map(({ key }) => row[key])),
    }
    toast({ text: t("list.sheet.copied", { count: rows.length * wanted().length }) })
    return text
  }
  /** The first marked row into those below it; one cell takes what stands above it. */
  function fillDown() {
    const source = marked.top === marked.bottom ? marked.top - 1 : marked.top
    const row = rowOf(source)
    if (!row) return
    writing.write({ ...marked, top: source + 1 }, (_, place) => {
      const column = columns[place - 1]
      if (!column) return undefined
      const { key, field } = column
      return { value: carried(column, row[key]), text: cellText(key, field, row[key], texts) }
    })
  }
  return { onCopy, onPaste, fillDown }
}
