import { describe, expect, it } from "vitest"
import type { StoredRecord, Values } from "../../kernel/records/columns.ts"
import { isDue } from "./reminders.ts"
import { becameDone, prepareTask } from "./tasks.rules.ts"

const now = "2026-03-18T10:00:00.000Z"
const writer = { now, zone: "Europe/Berlin", memberId: "anna" }
const create = (values: Values) => prepareTask(values, undefined, writer)
const open: StoredRecord = {
  id: "t",
  version: 1,
  title: "Call",
  status: "open",
  priority: "normal",
  dueDate: "2026-03-20",
  dueTime: "14:00",
  zone: "Europe/Berlin",
  doneAt: null,
}
const patch = (before: StoredRecord, values: Values): StoredRecord => ({
  ...before,
  ...prepareTask(values, before, writer),
})

describe("a task", () => {
  it.each<[string, Values, Values]>([
    [
      "is open, normal and its author's own",
      {},
      { status: "open", priority: "normal", assigneeId: "anna", doneAt: null },
    ],
    ["may be nobody's", { assigneeId: null }, { assigneeId: null }],
    ["may begin done", { status: "done" }, { doneAt: now }],
    [
      "may have been done before",
      { status: "done", doneAt: "2025-01-01T00:00:00.000Z" },
      { doneAt: "2025-01-01T00:00:00.000Z" },
    ],
    [
      "with a time has its author's zone",
      { dueDate: "2026-03-20", dueTime: "14:00" },
      { zone: "Europe/Berlin" },
    ],
    [
      "keeps the zone it names",
      { dueDate: "2026-03-20", dueTime: "14:00", zone: "Asia/Tokyo" },
      { zone: "Asia/Tokyo" },
    ],
  ])("%s", (_, values, expected) => expect(create(values)).toMatchObject(expected))

  it("with a date alone has no zone", () =>
    expect(create({ dueDate: "2026-03-20" })).not.toHaveProperty("zone"))
  it("has no time without a date", () => {
    expect(() => create({ dueTime: "14:00" })).toThrow(/dueDate/)
    expect(patch(open, { dueDate: null })).toMatchObject({ dueDate: null, dueTime: null })
    expect(() => patch({ ...open, dueDate: null, dueTime: null }, { dueTime: "09:00" })).toThrow(/dueDate/)
  })
  it("is done when it was finished, until it is opened again", () => {
    const done = patch(open, { status: "done" })
    expect(done.doneAt).toBe(now)
    expect(patch(done, { title: "Called" }).doneAt).toBe(now)
    expect(patch({ ...done, doneAt: "2026-01-01T00:00:00.000Z" }, { status: "done" }).doneAt).toBe(
      "2026-01-01T00:00:00.000Z",
    )
    expect(patch(done, { status: "open" }).doneAt).toBeNull()
    expect(patch(done, { status: null })).toMatchObject({ status: "open", doneAt: null })
  })
  it("becomes done once", () => {
    const done = { ...open, status: "done" }
    expect([becameDone(done, open), becameDone(done, undefined)]).toEqual([true, true])
    expect([becameDone(done, done), becameDone(open, done)]).toEqual([false, false])
  })
})

describe("a reminder is due", () => {
  const task = { id: "t", assigneeId: "a", dueDate: "2026-03-18", dueTime: null, zone: "Europe/Berlin" }
  it.each([
    ["at nine in the morning of the day", task, "2026-03-18T08:00:00Z", true],
    ["not a minute before", task, "2026-03-18T07:59:59Z", false],
    ["earlier in the east", { ...task, zone: "Asia/Tokyo" }, "2026-03-18T00:00:00Z", true],
    ["later in the west", { ...task, zone: "America/Los_Angeles" }, "2026-03-18T15:59:59Z", false],
    ["at its own time", { ...task, dueTime: "14:30" }, "2026-03-18T13:30:00Z", true],
    [
      "after an hour that the clocks leap over",
      { ...task, dueDate: "2026-03-29", dueTime: "02:30" },
      "2026-03-29T01:30:00Z",
      true,
    ],
    ["in a zone told by its distance", { ...task, zone: "+05:30" }, "2026-03-18T03:30:00Z", true],
  ])("%s", (_, one, at, expected) => expect(isDue(one, new Date(at))).toBe(expected))
})
