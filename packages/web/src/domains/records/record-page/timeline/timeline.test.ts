import { people } from "@regulars/contract/domains/people.ts"
import { translatorFor } from "@regulars/locales/server.ts"
import { describe, expect, it } from "vitest"
import type { TimelineEntry } from "../../../../lib/timeline.ts"
import { shownChanges } from "./changes.ts"
import { groupByDay, isWorthTelling } from "./days.ts"
import { sentenceOf } from "./sentence.ts"

const entry = (changes: Partial<TimelineEntry>): TimelineEntry => ({
  id: changes.occurredAt ?? "1",
  type: "person.updated",
  occurredAt: "2026-05-06T12:00:00.000Z",
  actor: { type: "member", id: "m", name: "Ana" },
  subjects: [{ type: "person", id: "p", name: "Stefan" }],
  summary: `event.${changes.type ?? "person.updated"}`,
  data: {},
  ...changes,
})

describe("days of a timeline", () => {
  it("begin where the viewer is", () => {
    const entries = ["2026-05-06T22:30:00.000Z", "2026-05-06T12:00:00.000Z"].map((occurredAt) =>
      entry({ occurredAt }),
    )
    const days = (zone: string) => groupByDay(entries, zone).map(({ day, entries: own }) => [day, own.length])
    expect(days("UTC")).toEqual([["2026-05-06", 2]])
    expect(days("Europe/Berlin")).toEqual([
      ["2026-05-07", 1],
      ["2026-05-06", 1],
    ])
  })
  it("do not tell of a tick twice", () => {
    const changed = (fields: string[]) => isWorthTelling(entry({ type: "task.updated", data: { fields } }))
    expect(changed(["status", "doneAt"])).toBe(false)
    expect(changed(["status", "title"])).toBe(true)
    expect(isWorthTelling(entry({ type: "task.done", data: { fields: ["status"] } }))).toBe(true)
  })
})

describe("sentences", () => {
  const t = translatorFor("en")
  const say = (changes: Partial<TimelineEntry>) =>
    sentenceOf(entry(changes), t, { fields: "Lifecycle", name: "Stefan A." })
  it("say who did what", () => {
    expect(say({})).toBe("Ana changed Lifecycle")
    expect(say({ type: "task.done", data: { record: { title: "Call back" } } })).toBe(
      "Ana finished the task “Call back”",
    )
    expect(say({ type: "activity.created", data: { record: { kind: "call", direction: "incoming" } } })).toBe(
      "Ana took a call",
    )
  })
  it("say that an import did it", () => {
    expect(say({ type: "person.created", data: { operationKind: "import" } })).toBe(
      "Ana brought in Stefan with an import",
    )
    expect(say({ type: "person.created", data: { operationKind: "sample" } })).toBe("Ana added Stefan")
  })
  it("speak of the bin, call a record by its page where its name is not given, and know the product itself", () => {
    expect(say({ type: "person.removed", subjects: [{ type: "person", id: "p", name: null }] })).toBe(
      "Ana moved Stefan A. to the bin",
    )
    expect(say({ actor: { type: "system", id: null, name: null } })).toBe("Lifecycle changed")
    expect(say({ actor: { type: "member", id: "x", name: null } })).toBe("Someone changed Lifecycle")
    expect(say({ type: "person.beamed" })).toBe("Ana did something")
  })
})

describe("field changes", () => {
  it("show of a collection only what came and went", () => {
    const [change] = shownChanges(people, [
      {
        field: "emails",
        from: [
          { id: "1", address: "a@example.com" },
          { id: "2", address: "b@example.com" },
        ],
        to: [
          { id: "9", address: "a@example.com" },
          { id: "3", address: "c@example.com" },
        ],
      },
    ])
    expect(change).toMatchObject({
      kind: "entries",
      added: [{ address: "c@example.com" }],
      removed: [{ address: "b@example.com" }],
    })
  })
  it("leave out what only follows from another change, and fields nobody knows", () => {
    const fields = (changed: string[]) =>
      shownChanges(
        people,
        changed.map((field) => ({ field, from: null, to: [] })),
      ).map(({ field }) => field)
    expect(fields(["companyId", "employments"])).toEqual(["companyId"])
    expect(fields(["employments"])).toEqual(["employments"])
    expect(fields(["deletedAt", "nonsense"])).toEqual([])
  })
  it("show a single value as from and to", () => {
    expect(shownChanges(people, [{ field: "lifecycleStage", from: "lead", to: "customer" }])).toMatchObject([
      { kind: "value", from: "lead", to: "customer" },
    ])
  })
})
