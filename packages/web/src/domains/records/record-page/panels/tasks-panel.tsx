import { Checkbox, TextInput } from "@mantine/core"
import type { RecordReference } from "@regulars/contract/kernel/fields.ts"
import { useQuery } from "@tanstack/react-query"
import { Link } from "wouter"
import { useDraft } from "../../../../lib/drafts.ts"
import { useT } from "../../../../lib/i18n.tsx"
import { fetchList } from "../../../../lib/records.ts"
import { useCan } from "../../../../lib/session.tsx"
import { useSubmit } from "../../../../ui/form.tsx"
import { Bone } from "../../../../ui/skeleton.tsx"
import { ErrorLine } from "../../../../ui/states.tsx"
import { DueText } from "../../../tasks/due-text.tsx"
import { useTaskActions } from "../../../tasks/use-task-actions.ts"
import { useCompose } from "../../compose/use-compose.ts"
import { openTasksQuery } from "../open-tasks.ts"
import { Panel, PanelEmpty } from "./panel.tsx"
import styles from "./panels.module.css"

interface TasksPanelProps {
  about: RecordReference
  readOnly: boolean
}
/** What is still to be done for a record: ticked off here, and quickly added to. */
export function TasksPanel({ about, readOnly }: TasksPanelProps) {
  const t = useT()
  const query = openTasksQuery(about.id)
  const { data, error, refetch } = useQuery({
    ...query,
    queryFn: ({ signal }) => fetchList("tasks", query.params, signal),
  })
  const { setDone } = useTaskActions()
  const mayUpdate = useCan("tasks:update") && !readOnly
  const mayCreate = useCan("tasks:create") && !readOnly
  const tasks = (data?.data ?? []).filter((task) => task.status !== "done")
  return (
    <Panel title={t("record.openTasks")} count={tasks.length}>
      {error && <ErrorLine error={error} retry={() => refetch()} />}
      {!data && !error && <Bone height={20} />}
      <ul className={styles.list}>
        {tasks.map((task) => (
          <li key={task.id} className={styles.task}>
            <Checkbox
              aria-label={t("tasks.markDone", { title: task.title })}
              checked={false}
              disabled={!mayUpdate}
              onChange={() => setDone(task, true)}
            />
            <Link className={styles.taskTitle} href={`/tasks?p=${task.id}`}>
              {task.title}
            </Link>
            {task.dueDate && <DueText day={task.dueDate} time={task.dueTime} />}
          </li>
        ))}
      </ul>
      {data && tasks.length === 0 && <PanelEmpty>{t("record.openTasks.none")}</PanelEmpty>}
      {mayCreate && <QuickTask about={about} />}
    </Panel>
  )
}

function QuickTask({ about }: { about: RecordReference }) {
  const t = useT()
  const compose = useCompose("tasks")
  const [title, setTitle, clear] = useDraft(`quickTask.${about.id}`, "")
  const state = useSubmit(async () => {
    if (title.trim() === "") return
    await compose({ title: title.trim(), about: [about] })
    clear()
  })
  return (
    <form onSubmit={state.submit} className={styles.quick}>
      <TextInput
        aria-label={t("record.openTasks.add")}
        placeholder={t("record.openTasks.add")}
        value={title}
        maxLength={500}
        autoComplete="off"
        onChange={(event) => setTitle(event.currentTarget.value)}
      />
      {state.error !== null && <ErrorLine error={state.error} />}
    </form>
  )
}
