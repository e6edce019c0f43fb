import { describe, expect, it } from "vitest"
import { endOfWeek, quickDay } from "./due.ts"
import { groupOf, groupTasks } from "./task-groups.ts"

/** A Wednesday. */
const today = "2026-05-06"

describe("days", () => {
  it("end the week on Sunday, also when today is one", () => {
    expect(endOfWeek(today)).toBe("2026-05-10")
    expect(endOfWeek("2026-05-10")).toBe("2026-05-10")
    expect(endOfWeek("2026-05-11")).toBe("2026-05-17")
  })
  it("mean the next Monday by next week, across the year's end too", () => {
    expect(quickDay("nextWeek", today)).toBe("2026-05-11")
    expect(quickDay("nextWeek", "2026-12-28")).toBe("2027-01-04")
    expect(quickDay("tomorrow", "2026-12-31")).toBe("2027-01-01")
    expect(quickDay("today", today)).toBe(today)
  })
})

describe("tasks", () => {
  it("stand under the heading of their day", () => {
    const days = ["2026-05-05", "2026-05-06", "2026-05-07", "2026-05-10", "2026-05-11", null]
    expect(days.map((day) => groupOf(day, today))).toEqual([
      "overdue",
      "today",
      "thisWeek",
      "thisWeek",
      "later",
      "noDate",
    ])
  })
  it("come soonest first: by day, then appointments by time, then by what matters", () => {
    const tasks = [
      { id: "undated" },
      { id: "low", dueDate: today, priority: "low" },
      { id: "high", dueDate: today, priority: "high" },
      { id: "at ten", dueDate: today, dueTime: "10:00", priority: "low" },
      { id: "at nine", dueDate: today, dueTime: "09:00", priority: "low" },
      { id: "late", dueDate: "2026-05-04" },
      { id: "later still", dueDate: "2026-05-03" },
    ]
    expect(groupTasks(tasks, today).map(({ group, tasks: own }) => [group, own.map(({ id }) => id)])).toEqual(
      [
        ["overdue", ["later still", "late"]],
        ["today", ["at nine", "at ten", "high", "low"]],
        ["noDate", ["undated"]],
      ],
    )
  })
})
