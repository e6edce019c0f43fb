import type { Today, TodayTask } from "@regulars/contract/domains/today.endpoints.ts"
import { useQuery, useQueryClient } from "@tanstack/react-query"
import { useEffect } from "react"
import { call } from "../../lib/api.ts"
import { useT } from "../../lib/i18n.tsx"
import { onLive } from "../../lib/live.ts"
import { keys } from "../../lib/query.ts"
import { toast, useErrorToast } from "../../ui/toast.tsx"
import { groupOf } from "../tasks/task-groups.ts"
import { useTaskActions } from "../tasks/use-task-actions.ts"

const key = ["today"] as const
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
        client.invalidateQueries({ queryKey: key })
      }, pause)
    })
    return () => {
      stop()
      clearTimeout(timer)
    }
  }, [client])
  return useQuery({
    queryKey: key,
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
  const client = useQueryClient()
  const showError = useErrorToast()
  const { change } = useTaskActions()
  const plan = async (task: TodayTask, dueDate: string | null) => {
    client.cancelQueries({ queryKey: key })
    client.setQueryData<Today>(key, (today) => today && withTaskOn(today, task, dueDate))
    await change(task, { dueDate }).catch(showError)
    client.invalidateQueries({ queryKey: key })
  }
  return (task, dueDate) => {
    const planned = plan(task, dueDate)
    toast({
      text: t("today.planned", { title: task.title }),
      undo: () => planned.then(() => plan(task, task.dueDate)),
    })
  }
}

/** Ticks a task off: gone from the page at once, back with Undo or when the server refuses. */
export function useTickTask(): (task: TodayTask) => void {
  const t = useT()
  const client = useQueryClient()
  const showError = useErrorToast()
  const setStatus = async (id: string, status: "done" | "open") => {
    try {
      await call("PATCH /tasks/:id", { params: { id }, body: { status } })
    } catch (error) {
      showError(error)
    } finally {
      client.invalidateQueries({ queryKey: key })
      client.invalidateQueries({ queryKey: keys.lists("tasks") })
      client.invalidateQueries({ queryKey: keys.one("tasks", id) })
    }
  }
  return (task) => {
    client.cancelQueries({ queryKey: key })
    client.setQueryData<Today>(key, (today) => today && withoutTask(today, task.id))
    const ticked = setStatus(task.id, "done")
    toast({
      text: t("today.ticked", { title: task.title }),
      // Undone in the order it was done, however quick the hand.
      undo: () => ticked.then(() => setStatus(task.id, "open")),
    })
  }
}
