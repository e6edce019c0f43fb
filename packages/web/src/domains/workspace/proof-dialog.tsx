import { useEffect, useRef, useState } from "react"
import { call, onProofNeeded } from "../../lib/api.ts"
import { useT } from "../../lib/i18n.tsx"
import { lazyPart } from "../../lib/lazy-part.tsx"
import { useSession } from "../../lib/session.tsx"
import { Button } from "../../ui/button.tsx"
import { Dialog } from "../../ui/dialog.tsx"
import { Form, useSubmit } from "../../ui/form.tsx"
import { Later } from "../../ui/later.tsx"
import { PasswordField } from "../../ui/password-field.tsx"
import { CodeField, useSecondStep } from "./second-step.tsx"

const ProofByPasskey = lazyPart(() => import("./proof-by-passkey.tsx"), "ProofByPasskey")

/** Asks for a proof of who is there when the server wants one; what was refused then goes on by itself. */
export function ProofDialog() {
  const t = useT()
  const [opened, setOpened] = useState(false)
  const answer = useRef<(isProved: boolean) => void>(() => {})
  useEffect(() => {
    onProofNeeded(() => {
      answer.current(false)
      setOpened(true)
      return new Promise((resolve) => {
        answer.current = resolve
      })
    })
    return () => onProofNeeded(async () => false)
  }, [])
  const close = (isProved: boolean) => {
    setOpened(false)
    answer.current(isProved)
  }
  return (
    <Dialog opened={opened} onClose={() => close(false)} title={t("auth.proof.title")}>
      {opened && <ProofForm onProved={() => close(true)} />}
    </Dialog>
  )
}

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
      <Later>
        <ProofByPasskey onProved={onProved} />
      </Later>
    </Form>
  )
}
