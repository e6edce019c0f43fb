import type { Today } from "@regulars/contract/domains/today.endpoints.ts"
import { exactDay } from "../../lib/format.ts"
import { useFormats, useT } from "../../lib/i18n.tsx"
import { PageHeader } from "../../ui/page-header.tsx"
import { ListSkeleton } from "../../ui/skeleton.tsx"
import { EmptyState, ErrorState } from "../../ui/states.tsx"
import { FirstSteps } from "./first-steps.tsx"
import { AdditionLine, BirthdayLine, QuietLine } from "./people-lines.tsx"
import { SampleNotice } from "./sample-notice.tsx"
import { Section } from "./section.tsx"
import { additionsList, birthdayList, quietList } from "./section-lists.ts"
import { TaskLine } from "./task-line.tsx"
import styles from "./today.module.css"
import { useLineKeys } from "./use-line-keys.ts"
import { taskSections, usePlanTask, useTickTask, useToday } from "./use-today.ts"

/** Whom and what to take care of now, and why; every line has its action beside it. */
export function TodayPage() {
  const t = useT()
  const formats = useFormats()
  const { data, error, refetch } = useToday()
  useLineKeys()
  return (
    <>
      <PageHeader title={t("shell.today")} sub={data && exactDay(data.day, formats)} />
      {error && !data && <ErrorState error={error} retry={() => refetch()} />}
      {!error && !data && <ListSkeleton rows={8} avatar={false} />}
      {data && <Lines today={data} />}
    </>
  )
}

function Lines({ today }: { today: Today }) {
  const t = useT()
  const { birthdays, quiet, additions } = today
  const hasPeople = [birthdays, quiet, additions].some(({ lines }) => lines.length > 0)
  const hasTasks = taskSections.some((name) => today.tasks[name].count > 0)
  return (
    <div className={hasTasks && hasPeople ? styles.page : `${styles.page} ${styles.alone}`}>
      <div className={`${styles.column} ${styles.wide}`}>
        <SampleNotice />
        <FirstSteps />
      </div>
      {hasTasks && (
        <div className={styles.column}>
          <Tasks today={today} />
        </div>
      )}
      {hasPeople && (
        <div className={styles.column}>
          <People today={today} />
        </div>
      )}
      {!hasTasks && !hasPeople && (
        <div className={styles.nothing}>
          <EmptyState drawing="tasks" title={t("today.empty.title")}>
            {t("today.empty.text")}
          </EmptyState>
        </div>
      )}
    </div>
  )
}

function Tasks({ today }: { today: Today }) {
  const t = useT()
  const tick = useTickTask()
  const plan = usePlanTask()
  return taskSections.map((name) => (
    <Section
      key={name}
      title={t(`today.${name}`)}
      count={today.tasks[name].count}
      lines={today.tasks[name].lines}
      first={name === "later" ? 5 : 15}
      href={`/tasks#${name}`}
      late={name === "overdue"}
    >
      {(task) => <TaskLine key={task.id} task={task} late={name === "overdue"} onTick={tick} onPlan={plan} />}
    </Section>
  ))
}

function People({ today }: { today: Today }) {
  const t = useT()
  const { birthdays, quiet, additions } = today
  return (
    <>
      <Section
        title={t("today.birthdays")}
        count={birthdays.lines.length}
        lines={birthdays.lines}
        more={birthdays.more}
        first={5}
        href={birthdayList()}
      >
        {(line) => <BirthdayLine key={line.person.id} line={line} />}
      </Section>
      <Section
        title={t("today.quiet")}
        count={quiet.lines.length}
        lines={quiet.lines}
        more={quiet.more}
        first={5}
        href={quietList(today.day)}
      >
        {(line) => <QuietLine key={line.person.id} line={line} />}
      </Section>
      <Section
        title={t("today.additions")}
        count={additions.lines.reduce((sum, { count }) => sum + count, 0)}
        lines={additions.lines}
        more={additions.more}
        first={5}
        href={additionsList(today.day)}
      >
        {(line) => (
          <AdditionLine key={`${line.at}${line.people[0]?.id}`} line={line} list={additionsList(today.day)} />
        )}
      </Section>
    </>
  )
}
