import { IconCircle, IconCircleCheck } from "@tabler/icons-react"
import { useState } from "react"
import { useLocation } from "wouter"
import { useCreateEntries } from "../../lib/commands.ts"
import { useT } from "../../lib/i18n.tsx"
import { useSession } from "../../lib/session.tsx"
import { readStored, store } from "../../lib/storage.ts"
import { Button } from "../../ui/button.tsx"
import { hasBegun, type StepName, stepNames } from "./first-step-rules.ts"
import styles from "./today.module.css"
import { useFirstSteps } from "./use-first-steps.ts"
import { useSampleActions } from "./use-sample.ts"

const needed: Record<StepName, string | null> = {
  setUp: null,
  import: "imports:create",
  person: "people:create",
  sample: "sample:update",
  invite: "members:update",
  task: "tasks:create",
}

/** What to do first in a new workspace; each step ticks itself, and all are gone once the workspace is alive. */
export function FirstSteps() {
  const t = useT()
  const { permissions } = useSession()
  const steps = useFirstSteps()
  const [hidden, setHidden] = useState(() => readStored("firstSteps") === "hidden")
  const actions = useStepActions()
  if (!steps || hidden || hasBegun(steps)) return null
  const shown = stepNames.filter((name) => needed[name] === null || permissions.includes(needed[name]))
  if (shown.length < 3) return null
  const next = shown.find((name) => !steps[name])
  const hide = () => {
    store("firstSteps", "hidden")
    setHidden(true)
  }
  return (
    <section className={styles.card} aria-labelledby="first-steps">
      <div className={styles.cardHead}>
        <div>
          <h2 id="first-steps">{t("today.steps.title")}</h2>
          <p className={styles.cardText}>
            {t("today.steps.progress", {
              done: shown.filter((name) => steps[name]).length,
              total: shown.length,
            })}
          </p>
        </div>
        <Button kind="subtle" onClick={hide}>
          {t("today.steps.hide")}
        </Button>
      </div>
      <ol className={styles.lines}>
        {shown.map((name) => (
          <Step
            key={name}
            name={name}
            done={steps[name]}
            primary={name === next}
            busy={name === "sample" && actions.loading}
            run={actions.run[name]}
          />
        ))}
      </ol>
    </section>
  )
}

interface StepProps {
  name: StepName
  done: boolean
  primary: boolean
  busy: boolean
  run: (() => void) | undefined
}
function Step({ name, done, primary, busy, run }: StepProps) {
  const t = useT()
  const Mark = done ? IconCircleCheck : IconCircle
  return (
    <li className={done ? `${styles.step} ${styles.stepDone}` : styles.step}>
      <span className={styles.stepMark} role="img" aria-label={t(done ? "action.done" : "today.steps.open")}>
        <Mark size={20} stroke={1.5} aria-hidden="true" />
      </span>
      <div className={styles.words}>
        <div className={styles.stepName}>{t(`today.steps.${name}`)}</div>
        {!done && name !== "setUp" && <div className={styles.reason}>{t(`today.steps.${name}.text`)}</div>}
      </div>
      {!done && run && name !== "setUp" && (
        <Button kind={primary ? "primary" : "default"} loading={busy} onClick={run}>
          {t(`today.steps.${name}.action`)}
        </Button>
      )}
    </li>
  )
}

function useStepActions(): { run: Partial<Record<StepName, () => void>>; loading: boolean } {
  const [, navigate] = useLocation()
  const entries = useCreateEntries()
  const { load } = useSampleActions()
  const create = (id: string, path: string) =>
    entries.find((entry) => entry.id === id)?.run ?? (() => navigate(path))
  return {
    run: {
      import: () => navigate("/import"),
      person: create("people", "/people"),
      sample: () => load.mutate(),
      invite: () => navigate("/settings/members"),
      task: create("tasks", "/tasks"),
    },
    loading: load.isPending,
  }
}
