import { useState } from "react"
import { call } from "../../lib/api.ts"
import { useT } from "../../lib/i18n.tsx"
import { useSession } from "../../lib/session.tsx"
import { Button } from "../../ui/button.tsx"
import { Dialog } from "../../ui/dialog.tsx"
import { Form, useSubmit } from "../../ui/form.tsx"
import { PasswordField } from "../../ui/password-field.tsx"
import { ProofByPasskey } from "./proof-by-passkey.tsx"
import { ProofByProvider } from "./proof-by-provider.tsx"
import { CodeField, useSecondStep } from "./second-step.tsx"

interface ProofWindowProps {
  opened: boolean
  onClose: (isProved: boolean) => void
}
export function ProofWindow({ opened, onClose }: ProofWindowProps) {
  const t = useT()
  return (
    <Dialog opened={opened} onClose={() => onClose(false)} title={t("auth.proof.title")}>
      {opened && <ProofForm onProved={() => onClose(true)} />}
    </Dialog>
  )
}
/** Takes the password, with a code where there is a second step, or a passkey. */
function ProofForm({ onProved }: { onProved: () => void }) {
  const t = useT()
  const { user } = useSession()
  const [password, setPassword] = useState("")
  const step = useSecondStep()
  const form = useSubmit(async () => {
    const isProved = await step.send(async (code) => {
      await call("POST /auth/proof", { body: { password, ...code } })
      return true
    })
    if (isProved) onProved()
  })
  return (
    <Form
      state={form}
      actions={
        <Button kind="primary" type="submit" loading={form.busy}>
          {t("auth.proof.submit")}
        </Button>
      }
    >
      <p>{t("auth.proof.text")}</p>
      <input type="hidden" autoComplete="username" value={user.email} readOnly />
      <PasswordField
        label={t("auth.password")}
        autoComplete="current-password"
        data-autofocus
        value={password}
        error={form.faultOf("password")}
        onChange={(event) => setPassword(event.currentTarget.value)}
      />
      {step.needed && <CodeField step={step} error={form.faultOf("code")} />}
      <ProofByPasskey onProved={onProved} />
      <ProofByProvider />
    </Form>
  )
}
