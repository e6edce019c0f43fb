import { describe, expect, it } from "vitest"
import {
  choiceParam,
  flagParam,
  jsonParam,
  listParam,
  numberParam,
  readState,
  textParam,
  writeState,
} from "./url-state.ts"

const codecs = {
  q: textParam(),
  layout: choiceParam(["table", "board"], "table"),
  size: numberParam(50),
  deleted: flagParam(),
  columns: listParam(),
  filter: jsonParam<unknown>(null, (value) => typeof value === "object"),
}
const read = (search: string) => readState(codecs, new URLSearchParams(search))

describe("state in the address", () => {
  it("comes back as it was written", () => {
    const state = {
      q: "a&b=c",
      layout: "board" as const,
      size: 10,
      deleted: true,
      columns: ["name", "tags"],
      filter: { all: [{ field: "name", op: "is", value: "Ünal" }] },
    }
    const search = writeState(codecs, new URLSearchParams(), state).toString()
    expect(read(search)).toEqual(state)
  })
  it("leaves out what is as usual, so that links stay short", () => {
    const search = writeState(codecs, new URLSearchParams("q=x&size=10"), {
      q: "",
      size: 50,
      layout: "table",
    })
    expect(search.toString()).toBe("")
  })
  it("keeps what other parts of the page wrote", () => {
    expect(writeState(codecs, new URLSearchParams("peek=7"), { q: "x" }).toString()).toBe("peek=7&q=x")
  })
  it("tells no columns from columns nobody chose", () => {
    expect(read("").columns).toBeNull()
    expect(read("columns=").columns).toEqual([])
  })
  it("survives a broken or old link", () => {
    expect(read("layout=hologram&size=many&filter=%7Bbroken&deleted=maybe")).toEqual(read(""))
    expect(read("filter=7").filter).toBeNull()
  })
})
