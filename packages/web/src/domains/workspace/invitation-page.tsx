import { TextInput } from "@mantine/core"
import { useQuery } from "@tanstack/react-query"
import { useState } from "react"
import { Link, useLocation } from "wouter"
import { call } from "../../lib/api.ts"
import { isApiError } from "../../lib/api-error.ts"
import { useT } from "../../lib/i18n.tsx"
import { useTakeSession } from "../../lib/session.tsx"
import { Button } from "../../ui/button.tsx"
import { Form, useSubmit } from "../../ui/form.tsx"
import { PasswordField } from "../../ui/password-field.tsx"
import { FormSkeleton } from "../../ui/skeleton.tsx"
import { ErrorState } from "../../ui/states.tsx"
import { GuestFrame } from "./guest-frame.tsx"
import { tokenOfLink } from "./link-token.ts"
import { CodeField, useSecondStep } from "./second-step.tsx"

/** Accepts an invitation: with a new account, or with the password of the one there is. */
export function InvitationPage() {
  const t = useT()
  const [token] = useState(() => tokenOfLink(window.location.hash))
  const { data, error, refetch } = useQuery({
    queryKey: ["invitation", token],
    queryFn: async ({ signal }) =>
      (await call("POST /auth/invitations/look", { body: { token }, signal })).data,
    enabled: token.length >= 20,
    retry: false,
  })
  const bad =
    token.length < 20 || (isApiError(error) && ["not_found", "validation_failed"].includes(error.code))
  if (bad)
    return (
      <GuestFrame title={t("auth.invitation.bad.title")} text={t("auth.invitation.bad.text")}>
        <Link href="/sign-in">{t("auth.toSignIn")}</Link>
      </GuestFrame>
    )
  if (error && !data) return <ErrorState error={error} retry={() => refetch()} />
  if (!data)
    return (
      <GuestFrame title="">
        <FormSkeleton fields={2} />
      </GuestFrame>
    )
  const role = data.roleName ?? t(`role.${data.role}`)
  return (
    <GuestFrame
      title={t("auth.invitation.title", { workspace: data.workspace })}
      text={t("auth.invitation.text", { email: data.email, role })}
    >
      <AcceptForm token={token} email={data.email} hasAccount={data.hasAccount} />
    </GuestFrame>
  )
}

function AcceptForm({ token, email, hasAccount }: { token: string; email: string; hasAccount: boolean }) {
  const t = useT()
  const [, navigate] = useLocation()
  const takeSession = useTakeSession()
  const [name, setName] = useState("")
  const [password, setPassword] = useState("")
  const step = useSecondStep()
  const form = useSubmit(async () => {
    const body = hasAccount ? { token, password } : { token, password, name }
    const answer = await step.send((code) =>
      call("POST /auth/invitations/accept", { body: { ...body, ...code } }),
    )
    if (!answer) return
    takeSession(answer.data)
    navigate("/", { replace: true })
  })
  return (
    <Form
      state={form}
      actions={
        <Button kind="primary" type="submit" loading={form.busy}>
          {t("auth.invitation.submit")}
        </Button>
      }
    >
      {/* Lets a password manager keep the address with the password. */}
      <input type="hidden" name="email" autoComplete="username" value={email} readOnly />
      {!hasAccount && (
        <TextInput
          label={t("auth.name")}
          name="name"
          autoComplete="name"
          autoFocus
          value={name}
          error={form.faultOf("name")}
          onChange={(event) => setName(event.currentTarget.value)}
        />
      )}
      <PasswordField
        label={t(hasAccount ? "auth.password" : "auth.newPassword")}
        description={t(hasAccount ? "auth.invitation.existing" : "auth.password.hint")}
        name="password"
        autoComplete={hasAccount ? "current-password" : "new-password"}
        autoFocus={hasAccount}
        value={password}
        error={form.faultOf("password") && t("fieldError.password")}
        onChange={(event) => setPassword(event.currentTarget.value)}
      />
      {step.needed && <CodeField step={step} error={form.faultOf("code")} />}
    </Form>
  )
}
