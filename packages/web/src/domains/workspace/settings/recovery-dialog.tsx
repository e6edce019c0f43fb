import { useT } from "../../../lib/i18n.tsx"
import { SecretDialog } from "./secret-dialog.tsx"

/** Shows new recovery codes, this once. */
export function RecoveryDialog({ codes, onClose }: { codes: string[] | null; onClose: () => void }) {
  const t = useT()
  const secret = codes && {
    title: t("settings.recovery"),
    text: t("settings.recovery.text"),
    secret: codes.join("\n"),
  }
  return <SecretDialog secret={secret} onClose={onClose} />
}
