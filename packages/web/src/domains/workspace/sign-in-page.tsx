import { TextInput } from "@mantine/core"
import type { PasskeyAssertion } from "@regulars/contract/domains/passkeys.endpoints.ts"
import { useQuery } from "@tanstack/react-query"
import { useEffect, useState } from "react"
import { Link, Redirect, useLocation, useSearch } from "wouter"
import { call } from "../../lib/api.ts"
import { useT } from "../../lib/i18n.tsx"
import { rememberSignedIn, useSessionQuery, useTakeSession, wasSignedIn } from "../../lib/session.tsx"
import { pathAfterSignIn } from "../../lib/sign-in-path.ts"
import { Button } from "../../ui/button.tsx"
import { Form, useSubmit } from "../../ui/form.tsx"
import { PasswordField } from "../../ui/password-field.tsx"
import { GuestFrame } from "./guest-frame.tsx"
import { PasskeyButton } from "./passkey-button.tsx"
import { ProviderButton, ProviderCodePage, providerProblemIn } from "./provider-sign-in.tsx"
import { CodeField, useSecondStep } from "./second-step.tsx"

/** Whether somebody has set this installation up, and whether it can send mail. */
export function useInstallation() {
  return useQuery({
    queryKey: ["installation"],
    queryFn: async ({ signal }) => (await call("GET /auth/state", { signal })).data,
    staleTime: 60_000,
  })
}

export function SignInPage() {
  const t = useT()
  const [, navigate] = useLocation()
  const search = useSearch()
  const takeSession = useTakeSession()
  const [email, setEmail] = useState("")
  const [password, setPassword] = useState("")
  const { data: installation } = useInstallation()
  // A guest's question would be refused, which the browser reports as an error.
  const mayBeSignedIn = wasSignedIn() === true
  const { data: session, isLoading } = useSessionQuery(mayBeSignedIn)
  const query = new URLSearchParams(search)
  const expired = query.get("expired") === "1"
  const problem = providerProblemIn(search)
  useEffect(() => {
    if (installation?.setUp === false) navigate("/set-up", { replace: true })
  }, [installation, navigate])
  const step = useSecondStep()
  const form = useSubmit(async () => {
    const answer = await step.send((code) =>
      call("POST /auth/sign-in", { body: { email, password, ...code } }),
    )
    if (!answer) return
    takeSession(answer.data)
    navigate(pathAfterSignIn(search), { replace: true })
  })
  if (query.get("step") === "code") return <ProviderCodePage />
  if (query.get("step") === "done") {
    rememberSignedIn(true)
    return <Redirect to={pathAfterSignIn(search)} replace />
  }
  const byPasskey = async (response: PasskeyAssertion) => {
    takeSession((await call("POST /auth/passkey/sign-in", { body: { response } })).data)
    navigate(pathAfterSignIn(search), { replace: true })
  }
  if (mayBeSignedIn && session) return <Redirect to={pathAfterSignIn(search)} replace />
  if (isLoading) return null
  if (step.needed)
    return (
      <GuestFrame title={t("auth.code.title")} text={t("auth.code.text")}>
        <Form
          state={form}
          actions={
            <>
              <Button kind="primary" type="submit" loading={form.busy}>
                {t("auth.signIn.submit")}
              </Button>
              <Button kind="subtle" onClick={step.restart}>
                {t("auth.code.back")}
              </Button>
            </>
          }
        >
          <CodeField step={step} error={form.faultOf("code")} />
        </Form>
        <PasskeyButton label={t("auth.passkey.use")} send={byPasskey} />
      </GuestFrame>
    )
  const told = expired ? t("auth.signIn.expired") : undefined
  const text = problem ? t(`auth.provider.problem.${problem}`) : told
  return (
    <GuestFrame title={t("auth.signIn.title")} text={text}>
      <Form
        state={form}
        actions={
          <>
            <Button kind="primary" type="submit" loading={form.busy}>
              {t("auth.signIn.submit")}
            </Button>
            <Link href="/forgot">{t("auth.signIn.forgot")}</Link>
          </>
        }
      >
        <TextInput
          label={t("auth.email")}
          name="email"
          inputMode="email"
          autoComplete="username"
          autoCapitalize="none"
          autoFocus
          required
          withAsterisk={false}
          value={email}
          error={form.faultOf("email")}
          onChange={(event) => setEmail(event.currentTarget.value)}
        />
        <PasswordField
          label={t("auth.password")}
          name="password"
          autoComplete="current-password"
          required
          withAsterisk={false}
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
        />
      </Form>
      <PasskeyButton label={t("auth.passkey.use")} send={byPasskey} />
      {installation?.provider && <ProviderButton provider={installation.provider} search={search} />}
    </GuestFrame>
  )
}
