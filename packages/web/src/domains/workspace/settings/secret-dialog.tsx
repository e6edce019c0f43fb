import { IconCheck, IconCopy } from "@tabler/icons-react"
import type { ReactNode } from "react"
import { useT } from "../../../lib/i18n.tsx"
import { Button } from "../../../ui/button.tsx"
import { useCopy } from "../../../ui/copy-on-click.tsx"
import { Dialog } from "../../../ui/dialog.tsx"
import styles from "./settings.module.css"

export interface Secret {
  title: string
  text: string
  /** The key or link, shown this once. */
  secret: string
  note?: string
}
/** Shows a secret that can't be shown again, with a button that copies it. */
export function SecretDialog({ secret, onClose }: { secret: Secret | null; onClose: () => void }): ReactNode {
  const t = useT()
  const { copied, copy } = useCopy()
  return (
    <Dialog
      opened={secret !== null}
      onClose={onClose}
      title={secret?.title ?? ""}
      width={560}
      actions={
        <Button kind="primary" onClick={onClose}>
          {t("action.done")}
        </Button>
      }
    >
      <p>{secret?.text}</p>
      <div className={styles.secret}>
        <span className={styles.secretText}>{secret?.secret}</span>
        <Button
          icon={copied ? IconCheck : IconCopy}
          onClick={() => copy(secret?.secret ?? "")}
          data-autofocus
        >
          {t(copied ? "action.copied" : "action.copy")}
        </Button>
      </div>
      {secret?.note && <p className={styles.note}>{secret.note}</p>}
    </Dialog>
  )
}
