import { describe, expect, it } from "vitest"
import { readEvent } from "./live.ts"

describe("a message of the stream", () => {
  it("is an event when it is one this app knows", () => {
    const event = { type: "changed", entity: "people", id: "1", version: 4 }
    expect(readEvent(JSON.stringify(event))).toEqual(event)
  })
  it("is passed over otherwise", () => {
    expect(readEvent("ping")).toBeUndefined()
    expect(readEvent('{"type":"dance"}')).toBeUndefined()
    expect(readEvent("null")).toBeUndefined()
  })
})
