import { useState } from "react"
import { Link, useLocation } from "wouter"
import { call } from "../../lib/api.ts"
import { isApiError } from "../../lib/api-error.ts"
import { useT } from "../../lib/i18n.tsx"
import { useTakeSession } from "../../lib/session.tsx"
import { Button } from "../../ui/button.tsx"
import { Form, useSubmit } from "../../ui/form.tsx"
import { PasswordField } from "../../ui/password-field.tsx"
import { GuestFrame } from "./guest-frame.tsx"
import { tokenOfLink } from "./link-token.ts"
import { CodeField, useSecondStep } from "./second-step.tsx"

/** A new password by a link that came by mail or was handed over. */
export function ResetPage() {
  const t = useT()
  const [, navigate] = useLocation()
  const takeSession = useTakeSession()
  const [token] = useState(() => tokenOfLink(window.location.hash))
  const [password, setPassword] = useState("")
  const step = useSecondStep()
  const form = useSubmit(async () => {
    const answer = await step.send((code) =>
      call("POST /auth/password/reset", { body: { token, password, ...code } }),
    )
    if (!answer) return
    takeSession(answer.data)
    navigate("/", { replace: true })
  })
  const badLink = token.length < 20 || isApiError(form.error, "not_found") || Boolean(form.faultOf("token"))
  if (badLink)
    return (
      <GuestFrame title={t("auth.reset.title")} text={t("auth.reset.badLink")}>
        <Link href="/forgot">{t("auth.forgot.title")}</Link>
      </GuestFrame>
    )
  return (
    <GuestFrame title={t("auth.reset.title")} text={t("auth.reset.text")}>
      <Form
        state={form}
        actions={
          <Button kind="primary" type="submit" loading={form.busy}>
            {t("auth.reset.submit")}
          </Button>
        }
      >
        <PasswordField
          label={t("auth.newPassword")}
          description={t("auth.password.hint")}
          name="password"
          autoComplete="new-password"
          autoFocus
          value={password}
          error={form.faultOf("password") && t("fieldError.password")}
          onChange={(event) => setPassword(event.currentTarget.value)}
        />
        {step.needed && <CodeField step={step} error={form.faultOf("code")} />}
      </Form>
    </GuestFrame>
  )
}
