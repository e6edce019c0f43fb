import type { Today, TodayTask } from "@regulars/contract/domains/today.endpoints.ts"
import { useQuery, useQueryClient } from "@tanstack/react-query"
import { useEffect } from "react"
import { call } from "../../lib/api.ts"
import { useT } from "../../lib/i18n.tsx"
import { onLive } from "../../lib/live.ts"
import { keys } from "../../lib/query.ts"
import { groupOf } from "../tasks/task-groups.ts"
import { useTaskActions } from "../tasks/use-task-actions.ts"

/** Changes of these are visible on the page. */
const shownEntities = ["tasks", "people", "activities", "notes"]
/** Pause between two fetches, however much is announced (milliseconds). */
const pause = 1000

/** What to take care of; kept in step with what others do. */
export function useToday() {
  const client = useQueryClient()
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined
    const stop = onLive((event) => {
      const concerns =
        event.type === "operation" || (event.type === "changed" && shownEntities.includes(event.entity))
      if (!concerns || timer) return
      timer = setTimeout(() => {
        timer = undefined
        client.invalidateQueries({ queryKey: keys.today })
      }, pause)
    })
    return () => {
      stop()
      clearTimeout(timer)
    }
  }, [client])
  return useQuery({
    queryKey: keys.today,
    queryFn: async ({ signal }) => (await call("GET /today", { signal })).data,
    // Whoever comes back to the page wants to see what is so now; the last answer is shown meanwhile.
    staleTime: 0,
  })
}

export const taskSections = ["overdue", "today", "thisWeek", "later"] as const

/** Today without one task. */
function withoutTask(today: Today, id: string): Today {
  const tasks = { ...today.tasks }
  for (const name of taskSections) {
    const lines = tasks[name].lines.filter((line) => line.id !== id)
    if (lines.length < tasks[name].lines.length) tasks[name] = { count: tasks[name].count - 1, lines }
  }
  return { ...today, tasks }
}

/** Today with one task on another day, in the section where it then belongs. */
function withTaskOn(today: Today, task: TodayTask, dueDate: string | null): Today {
  const rest = withoutTask(today, task.id)
  const group = groupOf(dueDate, today.day)
  const name = group === "noDate" ? "later" : group
  const { count, lines } = rest.tasks[name]
  const dayOf = (line: TodayTask) => line.dueDate ?? "9999"
  const moved = [...lines, { ...task, dueDate }].sort((one, other) => dayOf(one).localeCompare(dayOf(other)))
  return { ...rest, tasks: { ...rest.tasks, [name]: { count: count + 1, lines: moved } } }
}

/** Plans a task for another day: there at once, back with Undo or when the server refuses. */
export function usePlanTask(): (task: TodayTask, dueDate: string | null) => void {
  const t = useT()
  const showAtOnce = useShowAtOnce()
  const { changeWithUndo } = useTaskActions()
  return (task, dueDate) => {
    showAtOnce((today) => withTaskOn(today, task, dueDate))
    changeWithUndo(task, { dueDate }, t("today.planned", { title: task.title }))
  }
}

/** Ticks a task off: gone from the page at once, back with Undo or when the server refuses. */
export function useTickTask(): (task: TodayTask) => void {
  const t = useT()
  const showAtOnce = useShowAtOnce()
  const { changeWithUndo } = useTaskActions()
  return (task) => {
    showAtOnce((today) => withoutTask(today, task.id))
    // Only open tasks are on the page.
    const open = { ...task, status: "open" }
    changeWithUndo(open, { status: "done" }, t("today.ticked", { title: task.title }))
  }
}

/** Changes what the page shows before the server has answered. */
function useShowAtOnce() {
  const client = useQueryClient()
  return (change: (today: Today) => Today) => {
    client.cancelQueries({ queryKey: keys.today })
    client.setQueryData<Today>(keys.today, (today) => today && change(today))
  }
}
