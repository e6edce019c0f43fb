import { Checkbox, NumberInput } from "@mantine/core"
import type { BackupPlan } from "@regulars/contract/domains/backup.endpoints.ts"
import { useEffect, useState } from "react"
import { call } from "../../../lib/api.ts"
import { useT } from "../../../lib/i18n.tsx"
import { useCan } from "../../../lib/session.tsx"
import { Button } from "../../../ui/button.tsx"
import { toast, useErrorToast } from "../../../ui/toast.tsx"
import styles from "./settings.module.css"

interface BackupPlanProps {
  plan: BackupPlan
  alone: boolean
  onSaved: () => void
}
/** When backups are made by themselves, and how long those stay. */
export function BackupPlanSection({ plan, alone, onSaved }: BackupPlanProps) {
  const t = useT()
  const showError = useErrorToast()
  const mayManage = useCan("backups:manage") && alone
  const [daily, setDaily] = useState(plan.daily)
  useEffect(() => setDaily(plan.daily), [plan.daily])
  const save = (changes: Partial<BackupPlan>) =>
    call("PATCH /backups/plan", { body: changes }).then(onSaved, (error: unknown) => {
      setDaily(plan.daily)
      showError(error)
    })
  function change(wanted: boolean) {
    setDaily(wanted)
    save({ daily: wanted })
  }
  return (
    <section className={styles.section}>
      <h2>{t("settings.backup.plan")}</h2>
      <Checkbox
        label={t("settings.backup.plan.daily")}
        checked={daily}
        disabled={!mayManage}
        onChange={(event) => change(event.currentTarget.checked)}
      />
      <SavedNumber
        label={t("settings.backup.plan.days")}
        value={plan.keepDays}
        most={3650}
        disabled={!mayManage}
        onSave={(keepDays) => save({ keepDays })}
      />
      <SavedNumber
        label={t("settings.backup.plan.count")}
        value={plan.keepCount}
        most={1000}
        disabled={!mayManage}
        onSave={(keepCount) => save({ keepCount })}
      />
      <p className={styles.note}>{t("settings.backup.plan.text")}</p>
      {!alone && <p className={styles.note}>{t("settings.backup.plan.shared")}</p>}
    </section>
  )
}

interface SavedNumberProps {
  label: string
  value: number
  most: number
  disabled: boolean
  onSave: (value: number) => void
}
/** A whole number from one on, saved on leaving; anything else brings the old one back. */
function SavedNumber({ label, value, most, disabled, onSave }: SavedNumberProps) {
  const [typed, setTyped] = useState<string | number>(value)
  useEffect(() => setTyped(value), [value])
  function save() {
    const number = Number(typed)
    if (!Number.isInteger(number) || number < 1 || number > most) setTyped(value)
    else if (number !== value) onSave(number)
  }
  return (
    <NumberInput
      label={label}
      value={typed}
      min={1}
      max={most}
      allowDecimal={false}
      disabled={disabled}
      hideControls
      onChange={setTyped}
      onBlur={save}
    />
  )
}

/** A restored copy keeps silent until somebody says that it is the one in use. */
export function SendingPaused({ mayResume, onResumed }: { mayResume: boolean; onResumed: () => void }) {
  const t = useT()
  const showError = useErrorToast()
  const isAllowed = useCan("backups:manage") && mayResume
  const resume = () =>
    call("POST /backups/resume-sending").then(() => {
      toast({ text: t("settings.backup.paused.resumed") })
      onResumed()
    }, showError)
  return (
    <section className={styles.section} role="status">
      <h2>{t("settings.backup.paused")}</h2>
      <p>{t("settings.backup.paused.text")}</p>
      {isAllowed && (
        <div>
          <Button onClick={resume}>{t("settings.backup.paused.resume")}</Button>
        </div>
      )}
    </section>
  )
}
