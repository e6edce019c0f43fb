import { describe, expect, it } from "vitest"
import { messageFor } from "./live.rules.ts"
import { identity } from "./testing.ts"

describe("what is told", () => {
  const changed = { type: "changed", entity: "people", id: "1", version: 1 } as const
  it("is what the caller may read", () => {
    expect(messageFor(identity("people:read"), changed)).toEqual(changed)
    expect(messageFor(identity("people:read"), { ...changed, memberId: "m" })).toEqual(changed)
    expect(messageFor(identity("people:read"), { ...changed, memberId: "other" })).toBeUndefined()
    expect(messageFor(identity("companies:read"), changed)).toBeUndefined()
    expect(messageFor(identity("operations:read"), { type: "operation", id: "1" })).toBeDefined()
    expect(messageFor(identity("people:read"), { type: "operation", id: "1" })).toBeUndefined()
    expect(messageFor(identity(), { type: "notification", memberId: "m" })).toEqual({ type: "notification" })
    expect(messageFor(identity(), { type: "notification", memberId: "other" })).toBeUndefined()
    expect(messageFor({ ...identity("people:read"), membership: null }, changed)).toBeUndefined()
  })
})
