import type { PasskeyAssertion } from "@regulars/contract/domains/passkeys.endpoints.ts"
import { IconKey } from "@tabler/icons-react"
import { useState } from "react"
import { isApiError } from "../../lib/api-error.ts"
import { useT } from "../../lib/i18n.tsx"
import { Button } from "../../ui/button.tsx"
import { ErrorLine } from "../../ui/states.tsx"
import styles from "./guest-frame.module.css"
import { askForPasskey, hasPasskeys } from "./passkey-calls.ts"

interface PasskeyButtonProps {
  label: string
  /** Sends what the passkey has signed. */
  send: (response: PasskeyAssertion) => Promise<unknown>
}
/** A way past the password by a passkey; nothing where the browser knows none. */
export function PasskeyButton({ label, send }: PasskeyButtonProps) {
  const t = useT()
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<unknown>(null)
  if (!hasPasskeys()) return null
  async function use() {
    setBusy(true)
    setError(null)
    try {
      await send(await askForPasskey())
    } catch (problem) {
      // Who put the browser's window away knows.
      if (!(problem instanceof Error && problem.name === "NotAllowedError")) setError(problem)
    } finally {
      setBusy(false)
    }
  }
  return (
    <div className={styles.passkey}>
      <Button icon={IconKey} loading={busy} onClick={use}>
        {label}
      </Button>
      {isApiError(error, "sign_in_failed") ? (
        <p role="alert">{t("auth.passkey.failed")}</p>
      ) : (
        error !== null && <ErrorLine error={error} />
      )}
    </div>
  )
}
