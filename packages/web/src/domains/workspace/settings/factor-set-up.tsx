import { IconShieldCheck } from "@tabler/icons-react"
import { useState } from "react"
import { call } from "../../../lib/api.ts"
import { useT } from "../../../lib/i18n.tsx"
import { Button } from "../../../ui/button.tsx"
import { useErrorToast } from "../../../ui/toast.tsx"
import { AuthenticatorDialog, type NewAuthenticator } from "./authenticator-dialog.tsx"

/** Sets an authenticator app up; `onCodes` gets the recovery codes once it is on. */
export function FactorSetUp({ onCodes }: { onCodes: (codes: string[]) => void }) {
  const t = useT()
  const showError = useErrorToast()
  const [begun, setBegun] = useState<NewAuthenticator | null>(null)
  const begin = () => {
    call("POST /auth/authenticator").then(({ data }) => setBegun(data), showError)
  }
  return (
    <>
      <p>{t("settings.factor.text")}</p>
      <div>
        <Button kind="primary" icon={IconShieldCheck} onClick={begin}>
          {t("settings.factor.setUp")}
        </Button>
      </div>
      <AuthenticatorDialog
        begun={begun}
        onClose={() => setBegun(null)}
        onConfirmed={(codes) => {
          setBegun(null)
          onCodes(codes)
        }}
      />
    </>
  )
}
