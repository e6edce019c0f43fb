import { useT } from "../../../lib/i18n.tsx"
import { Button } from "../../../ui/button.tsx"
import { ProgressBar } from "../../../ui/progress-bar.tsx"
import { useErrorToast } from "../../../ui/toast.tsx"
import styles from "./settings.module.css"

interface RunningWorkProps {
  label: string
  done: number
  total: number | null
  cancel: () => Promise<unknown>
}
/** How far something on the server is, with a way to stop it. */
export function RunningWork({ label, done, total, cancel }: RunningWorkProps) {
  const t = useT()
  const showError = useErrorToast()
  return (
    <div className={styles.running} role="status">
      <ProgressBar label={label} done={done} total={total} />
      <Button onClick={() => cancel().catch(showError)}>{t("action.cancel")}</Button>
    </div>
  )
}
