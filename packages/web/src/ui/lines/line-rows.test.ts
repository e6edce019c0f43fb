import { createFormats } from "@regulars/locales/formats.ts"
import { describe, expect, it } from "vitest"
import { lineColumns, type Reading, readBlock } from "./line-columns.ts"
import {
  changed,
  duplicated,
  type GridLine,
  isBlank,
  merged,
  moved,
  pastedOver,
  putBack,
  removed,
  rowsOf,
  toldLines,
} from "./line-rows.ts"

const coffee: GridLine = { id: "a", name: "Coffee", quantity: "2", unitPrice: "3.5" }
const cake: GridLine = { id: "b", name: "Cake", unitPrice: "4", returned: "1" }
const start = rowsOf([coffee, cake])
const idsOf = ({ rows }: { rows: readonly GridLine[] }) => rows.map((line) => (isBlank(line) ? "" : line.id))

describe("lines that are being typed", () => {
  it("end with a blank one, which is never kept", () => {
    expect(idsOf(start)).toEqual(["a", "b", ""])
    expect(toldLines(start)).toEqual([coffee, cake])
    const typed = changed(start, start.rows[2]?.id ?? "", { quantity: "3" })
    expect(typed.rows).toHaveLength(4)
    expect(toldLines(typed)).toEqual([coffee, cake])
  })
  it("are kept once they say what is sold; one that became impossible stays as it was", () => {
    const typed = changed(changed(start, "a", { taxRate: "120" }), "b", { quantity: "2" })
    expect(toldLines(typed)).toEqual([coffee, { ...cake, quantity: "2" }])
  })
  it("change places, but never with the blank one", () => {
    expect(idsOf(moved(start, "b", -1))).toEqual(["b", "a", ""])
    expect(moved(start, "b", 1)).toBe(start)
  })
  it("are doubled below themselves, without what came back", () => {
    const doubled = duplicated(start, "b", "c")
    expect(idsOf(doubled)).toEqual(["a", "b", "c", ""])
    expect(doubled.rows[2]).toEqual({ id: "c", name: "Cake", unitPrice: "4" })
  })
  it("come back to their place after they were removed", () => {
    expect(idsOf(putBack(removed(start, "a"), coffee, 0))).toEqual(["a", "b", ""])
  })
  it("take over what a colleague changed, under what is typed here", () => {
    const typed = changed(changed(start, "a", { quantity: "5" }), start.rows[2]?.id ?? "", { unitPrice: "1" })
    const now = [
      { ...coffee, unitPrice: "9" },
      { id: "d", name: "Tea" },
    ]
    const both = merged(typed, now)
    expect(both.rows.slice(0, 3)).toEqual([
      { ...coffee, unitPrice: "9", quantity: "5" },
      { id: "d", name: "Tea" },
      { id: start.rows[2]?.id, unitPrice: "1" },
    ])
  })
})

const reading: Reading = { formats: createFormats({ language: "de", country: "DE" }), currency: "EUR" }
const read = (key: string, typed: string, line: Partial<GridLine> = {}) =>
  lineColumns.find((column) => column.key === key)?.read(typed, { id: "", ...line }, reading)
const show = (key: string, line: Partial<GridLine>) =>
  lineColumns.find((column) => column.key === key)?.show({ id: "", ...line }, reading)

describe("what is typed into a cell", () => {
  it("is a discount in percent or as an amount, by what stands beside the number", () => {
    expect(read("discount", "10")).toEqual({ changes: { discount: null, discountPercent: "10" } })
    expect(read("discount", "10,5 %")).toEqual({ changes: { discount: null, discountPercent: "10.5" } })
    const amount = { changes: { discount: 250, discountPercent: null } }
    expect(read("discount", "2,50 €")).toEqual(amount)
    expect(read("discount", "2,5 EUR")).toEqual(amount)
    expect(read("discount", "2,5", { discount: 100 })).toEqual(amount)
    expect(read("discount", "")).toEqual({ changes: { discount: null, discountPercent: null } })
    expect(show("discount", { discount: 250 })).toBe("2,50 EUR")
    expect(show("discount", { discountPercent: "10.5" })).toBe("10,5 %")
  })
  it("is refused where it is no number", () => {
    expect(read("quantity", "two")).toEqual({ problem: "number" })
    expect(read("taxRate", "19 %")).toEqual({ changes: { taxRate: "19" } })
    expect(read("unitPrice", "1.234,50 €")).toEqual({ changes: { unitPrice: "1234.5" } })
    expect(show("unitPrice", { unitPrice: "1234.5" })).toBe("1234,50")
  })
})

describe("what is pasted from a spreadsheet", () => {
  const block = [
    ["Artikel", "Menge", "Preis"],
    ["Bohnen", "2", "9,90"],
    ["Filter", "", "3"],
  ]
  it("fills lines from the cell on and adds others; a heading is left out", () => {
    const changes = readBlock(block, "name", reading)
    expect(changes).toEqual([
      { name: "Bohnen", quantity: "2", unitPrice: "9.9" },
      { name: "Filter", quantity: null, unitPrice: "3" },
    ])
    const { state, left } = pastedOver(start, 1, changes)
    expect(left).toBe(0)
    expect(state.rows.map(({ name }) => name)).toEqual(["Coffee", "Bohnen", "Filter", undefined])
    expect(state.rows[1]?.id).toBe("b")
  })
  it("begins at any column", () => {
    expect(readBlock([["4", "2,50"]], "quantity", reading)).toEqual([{ quantity: "4", unitPrice: "2.5" }])
  })
  it("stops where no more lines can be", () => {
    const many = Array.from({ length: 600 }, (_, at) => ({ name: `Line ${at}` }))
    const { state, left } = pastedOver(start, 2, many)
    expect([state.rows.length, left]).toEqual([500, 102])
  })
})
