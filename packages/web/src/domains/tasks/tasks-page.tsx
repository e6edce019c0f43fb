import { type ReactNode, type RefObject, useEffect, useMemo, useRef, useState } from "react"
import { todayIn } from "../../lib/format.ts"
import { useFormats, useT } from "../../lib/i18n.tsx"
import { lazyPart } from "../../lib/lazy-part.tsx"
import { useCan } from "../../lib/session.tsx"
import { choiceParam, flagParam, textParam, useUrlState } from "../../lib/url-state.ts"
import { Button } from "../../ui/button.tsx"
import { Later } from "../../ui/later.tsx"
import { PageHeader } from "../../ui/page-header.tsx"
import { ListSkeleton } from "../../ui/skeleton.tsx"
import { EmptyState, ErrorLine, ErrorState } from "../../ui/states.tsx"
import { ChoiceRow } from "../records/compose/choice-row.tsx"
import { QuickAdd } from "./quick-add.tsx"
import { groupTasks, type TaskGroup, taskGroups } from "./task-groups.ts"
import { TaskRow } from "./task-row.tsx"
import styles from "./tasks.module.css"
import { useTaskKeys } from "./use-task-keys.ts"
import { type Task, useDoneTasks, useOpenTasks, type Whose } from "./use-tasks.ts"

const scopes: readonly Whose[] = ["mine", "all"]
/** `p` is the task that is open on top. */
const codecs = { whose: choiceParam(scopes, "mine"), done: flagParam(), p: textParam() }
const TaskDialog = lazyPart(() => import("./task-dialog.tsx"), "TaskDialog", "soon")

/** What is to be done, by when; ticked off, moved and renamed where it stands. */
export function TasksPage() {
  const t = useT()
  const mayCreate = useCan("tasks:create")
  const [{ whose, done, p: opened }, setState] = useUrlState(codecs)
  const open = useOpenTasks(whose)
  const today = todayIn(useFormats().timeZone)
  const tasks = useMemo(
    () => open.data?.pages.flatMap((page) => page.data).filter((task) => task.status !== "done") ?? [],
    [open.data],
  )
  const groups = groupTasks(tasks, today)
  const list = useRef<HTMLDivElement>(null)
  useTaskKeys(list)
  useGroupFromAddress(list, groups.length > 0)
  return (
    <>
      <PageHeader title={t("shell.tasks")} sub={open.data && t("tasks.count", { count: tasks.length })}>
        <ChoiceRow
          label={t("tasks.whose")}
          value={whose}
          choices={scopes.map((value) => ({ value, label: t(`tasks.whose.${value}`) }))}
          onChange={(next) => setState({ whose: next })}
        />
      </PageHeader>
      <div className={styles.page} ref={list}>
        {mayCreate && <QuickAdd />}
        {open.isPending && <ListSkeleton rows={8} avatar={false} />}
        {open.error && !open.data && <ErrorState error={open.error} retry={() => open.refetch()} />}
        {open.data && tasks.length === 0 && (
          <EmptyState drawing="tasks" title={t(`tasks.empty.${whose}`)}>
            {mayCreate && t("tasks.empty.text")}
          </EmptyState>
        )}
        {groups.map(({ group, tasks: own }) => (
          <Group
            key={group}
            name={group}
            title={t(`tasks.group.${group}`)}
            count={own.length}
            late={group === "overdue"}
          >
            {own.map((task) => (
              <TaskRow
                key={task.id}
                task={task}
                showAssignee={whose === "all"}
                onOpen={() => setState({ p: task.id })}
              />
            ))}
          </Group>
        ))}
        {open.error && open.data && <ErrorLine error={open.error} retry={() => open.fetchNextPage()} />}
        {open.hasNextPage && (
          <Button kind="subtle" loading={open.isFetchingNextPage} onClick={() => open.fetchNextPage()}>
            {t("tasks.more")}
          </Button>
        )}
        <Done
          whose={whose}
          opened={done}
          toggle={() => setState({ done: !done })}
          onOpen={(id) => setState({ p: id })}
        />
      </div>
      {opened && (
        <Later onClose={() => setState({ p: "" })}>
          <TaskDialog key={opened} id={opened} onClose={() => setState({ p: "" })} />
        </Later>
      )}
    </>
  )
}

/** A link such as `/tasks#overdue` leads to that heading; without tasks there, to the next one below it. */
function useGroupFromAddress(list: RefObject<HTMLDivElement | null>, loaded: boolean): void {
  useEffect(() => {
    const from = (taskGroups as readonly string[]).indexOf(window.location.hash.slice(1))
    if (!loaded || from < 0) return
    // After the shell has put a new page to its beginning.
    const frame = requestAnimationFrame(() => {
      const headings = taskGroups.slice(from).map((group) => list.current?.querySelector(`#${group}`))
      const heading = headings.find((found) => found instanceof HTMLElement)
      heading?.scrollIntoView()
      heading?.focus({ preventScroll: true })
    })
    return () => cancelAnimationFrame(frame)
  }, [list, loaded])
}

interface GroupProps {
  name: TaskGroup
  title: string
  count: number
  late?: boolean
  children: ReactNode
}
function Group({ name, title, count, late, children }: GroupProps) {
  const formats = useFormats()
  return (
    <section>
      <h2 id={name} tabIndex={-1} className={late ? `${styles.group} ${styles.late}` : styles.group}>
        {title} <span className={styles.count}>{formats.number(count)}</span>
      </h2>
      <ul className={styles.list} aria-label={title}>
        {children}
      </ul>
    </section>
  )
}

interface DoneProps {
  whose: Whose
  opened: boolean
  toggle: () => void
  onOpen: (id: string) => void
}
/** What was finished lately, folded away: for ticking off by mistake, and for the good feeling. */
function Done({ whose, opened, toggle, onOpen }: DoneProps) {
  const t = useT()
  const [wasOpen] = useState(opened)
  const { data, error, refetch } = useDoneTasks(whose, opened || wasOpen)
  const tasks: Task[] = (data?.data ?? []).filter((task) => task.status === "done")
  return (
    <section>
      <Button kind="subtle" aria-expanded={opened} onClick={toggle}>
        {t(opened ? "tasks.done.hide" : "tasks.done.show")}
      </Button>
      {opened && error && <ErrorLine error={error} retry={() => refetch()} />}
      {opened && !data && !error && <ListSkeleton rows={3} avatar={false} />}
      {opened && (
        <ul className={styles.list} aria-label={t("tasks.group.done")}>
          {tasks.map((task) => (
            <TaskRow
              key={task.id}
              task={task}
              showAssignee={whose === "all"}
              onOpen={() => onOpen(task.id)}
            />
          ))}
        </ul>
      )}
      {opened && data && tasks.length === 0 && <p className={styles.hint}>{t("tasks.done.none")}</p>}
    </section>
  )
}
