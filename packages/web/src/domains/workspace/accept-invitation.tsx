import { TextInput } from "@mantine/core"
import type { PasskeyAssertion } from "@regulars/contract/domains/passkeys.endpoints.ts"
import { IconKey } from "@tabler/icons-react"
import { useRef, useState } from "react"
import { useLocation } from "wouter"
import { call } from "../../lib/api.ts"
import { useT } from "../../lib/i18n.tsx"
import { type Session, useTakeSession } from "../../lib/session.tsx"
import { Button } from "../../ui/button.tsx"
import { Form, useSubmit } from "../../ui/form.tsx"
import { PasswordField } from "../../ui/password-field.tsx"
import styles from "./guest-frame.module.css"
import { PasskeyButton } from "./passkey-button.tsx"
import { hasPasskeys, makePasskey } from "./passkey-calls.ts"
import { CodeField, useSecondStep } from "./second-step.tsx"
import { nameOfDevice } from "./settings/device.ts"
import { RecoveryDialog } from "./settings/recovery-dialog.tsx"

interface Invited {
  token: string
  email: string
}
function useEnter() {
  const [, navigate] = useLocation()
  const takeSession = useTakeSession()
  return (session: Session) => {
    takeSession(session)
    navigate("/", { replace: true })
  }
}
/** Lets a password manager keep the address with the password. */
function HiddenEmail({ email }: { email: string }) {
  return <input type="hidden" name="email" autoComplete="username" value={email} readOnly />
}

/** By the password or a passkey of the account there is. */
export function AcceptWithAccount({ token, email }: Invited) {
  const t = useT()
  const enter = useEnter()
  const [password, setPassword] = useState("")
  const step = useSecondStep()
  const form = useSubmit(async () => {
    const answer = await step.send((code) =>
      call("POST /auth/invitations/accept", { body: { token, password, ...code } }),
    )
    if (answer) enter(answer.data)
  })
  const byPasskey = async (response: PasskeyAssertion) => {
    enter((await call("POST /auth/invitations/passkey", { body: { token, response } })).data)
  }
  return (
    <>
      <Form
        state={form}
        actions={
          <Button kind="primary" type="submit" loading={form.busy}>
            {t("auth.invitation.submit")}
          </Button>
        }
      >
        <HiddenEmail email={email} />
        <PasswordField
          label={t("auth.password")}
          description={t("auth.invitation.existing")}
          name="password"
          autoComplete="current-password"
          autoFocus
          value={password}
          error={form.faultOf("password") && t("fieldError.password")}
          onChange={(event) => setPassword(event.currentTarget.value)}
        />
        {step.needed && <CodeField step={step} error={form.faultOf("code")} />}
      </Form>
      <PasskeyButton label={t("auth.passkey.use")} send={byPasskey} />
    </>
  )
}

type Way = "password" | "passkey" | "provider"
/** With a new account: by a password, a passkey made now, or the workspace's provider. */
export function AcceptAnew({ token, email, provider }: Invited & { provider: string | null }) {
  const t = useT()
  const enter = useEnter()
  const [name, setName] = useState("")
  const [password, setPassword] = useState("")
  const [joined, setJoined] = useState<{ data: Session; recoveryCodes: string[] } | null>(null)
  // Which button was pressed; Enter presses the first.
  const way = useRef<Way>("password")
  const ways: Record<Way, () => Promise<void>> = {
    async password() {
      enter((await call("POST /auth/invitations/accept", { body: { token, password, name } })).data)
    },
    async passkey() {
      const { data } = await call("POST /auth/invitations/passkey/options", { body: { token, name } })
      const response = await makePasskey(data).catch((refusal: unknown) => {
        // Who put the browser's window away knows.
        if (refusal instanceof Error && refusal.name === "NotAllowedError") return undefined
        throw refusal
      })
      if (!response) return
      const passkey = { name: nameOfDevice() || t("settings.passkeys"), response }
      setJoined(await call("POST /auth/invitations/passkey/new", { body: { token, name, passkey } }))
    },
    async provider() {
      const { data } = await call("POST /auth/invitations/provider", { body: { token, name } })
      window.location.assign(data.url)
    },
  }
  const form = useSubmit(() => ways[way.current]())
  const by = (chosen: Way) => () => {
    way.current = chosen
    form.submit()
  }
  return (
    <>
      <Form
        state={form}
        actions={
          <Button
            kind="primary"
            type="submit"
            loading={form.busy}
            onClick={() => {
              way.current = "password"
            }}
          >
            {t("auth.invitation.submit")}
          </Button>
        }
      >
        <HiddenEmail email={email} />
        <TextInput
          label={t("auth.name")}
          name="name"
          autoComplete="name"
          autoFocus
          value={name}
          error={form.faultOf("name") && t("fieldError.required")}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <PasswordField
          label={t("auth.newPassword")}
          description={t("auth.password.hint")}
          name="password"
          autoComplete="new-password"
          value={password}
          error={form.faultOf("password") && t("fieldError.password")}
          onChange={(event) => setPassword(event.currentTarget.value)}
        />
      </Form>
      {(hasPasskeys() || provider) && (
        <div className={styles.provider}>
          <span className={styles.or}>{t("auth.invitation.or")}</span>
          {hasPasskeys() && (
            <Button icon={IconKey} disabled={form.busy} onClick={by("passkey")}>
              {t("auth.invitation.passkey")}
            </Button>
          )}
          {provider && (
            <Button disabled={form.busy} onClick={by("provider")}>
              {t("auth.invitation.provider", { name: provider })}
            </Button>
          )}
        </div>
      )}
      <RecoveryDialog codes={joined?.recoveryCodes ?? null} onClose={() => joined && enter(joined.data)} />
    </>
  )
}
