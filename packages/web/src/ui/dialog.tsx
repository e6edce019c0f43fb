import { type ReactNode, useState } from "react"
import { useT } from "../lib/i18n.tsx"
import { lazyPart } from "../lib/lazy-part.tsx"
import { Button } from "./button.tsx"
import styles from "./dialog.module.css"
import { Later } from "./later.tsx"
import { ErrorLine } from "./states.tsx"

const Modal = lazyPart(() => import("./modal.tsx"), "Modal", "soon")

interface DialogProps {
  opened: boolean
  onClose: () => void
  title: string
  children: ReactNode
  /** Pixels. */
  width?: number
  /** Actions at the bottom, the primary one last. */
  actions?: ReactNode
}
/** A window on top: Esc closes it, focus stays within and goes back to where it was. */
export function Dialog({ opened, onClose, title, children, width = 480, actions }: DialogProps) {
  const [everOpened, setEverOpened] = useState(opened)
  if (opened && !everOpened) setEverOpened(true)
  if (!everOpened) return null
  return (
    <Later opened={opened} onClose={onClose}>
      <Modal opened={opened} onClose={onClose} title={title} width={width}>
        {children}
        {actions && <div className={styles.actions}>{actions}</div>}
      </Modal>
    </Later>
  )
}

interface ConfirmProps {
  opened: boolean
  onClose: () => void
  title: string
  /** What exactly will happen, and to how many. */
  children: ReactNode
  /** The verb on the button. */
  action: string
  onConfirm: () => Promise<unknown>
}
/** Only for what can't be undone; everything else offers Undo in a toast instead. */
export function ConfirmDialog({ opened, onClose, title, children, action, onConfirm }: ConfirmProps) {
  const t = useT()
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<unknown>(null)
  async function confirm() {
    setBusy(true)
    setError(null)
    try {
      await onConfirm()
      onClose()
    } catch (problem) {
      setError(problem)
    } finally {
      setBusy(false)
    }
  }
  return (
    <Dialog
      opened={opened}
      onClose={onClose}
      title={title}
      actions={
        <>
          <Button onClick={onClose}>{t("action.cancel")}</Button>
          <Button kind="danger" loading={busy} onClick={confirm}>
            {action}
          </Button>
        </>
      }
    >
      {children}
      {error !== null && <ErrorLine error={error} />}
    </Dialog>
  )
}
