import { type ProviderProblem, providerProblems } from "@regulars/contract/domains/sign-in.ts"
import { useState } from "react"
import { useLocation } from "wouter"
import { call, urlOf } from "../../lib/api.ts"
import { useT } from "../../lib/i18n.tsx"
import { useTakeSession } from "../../lib/session.tsx"
import { pathAfterSignIn } from "../../lib/sign-in-path.ts"
import { Button } from "../../ui/button.tsx"
import { Form, useSubmit } from "../../ui/form.tsx"
import styles from "./guest-frame.module.css"
import { GuestFrame } from "./guest-frame.tsx"
import { CodeField } from "./second-step.tsx"

/** The way to the provider, below the form of the sign-in. */
export function ProviderButton({
  provider,
  search,
}: {
  provider: { id: string; name: string }
  search: string
}) {
  const t = useT()
  const go = () =>
    window.location.assign(
      urlOf("GET /auth/provider/:id/start", { id: provider.id }, { next: pathAfterSignIn(search) }),
    )
  return (
    <div className={styles.provider}>
      <span className={styles.or}>{t("auth.provider.or")}</span>
      <Button onClick={go}>{t("auth.provider.signIn", { name: provider.name })}</Button>
    </div>
  )
}
/** Why a sign-in by a provider came to nothing, from the address it led back to. */
export function providerProblemIn(search: string): ProviderProblem | undefined {
  const problem = new URLSearchParams(search).get("problem")
  return providerProblems.find((known) => known === problem)
}

/** Asks for the code, where the provider vouched for an account that has a second step. */
export function ProviderCodePage() {
  const t = useT()
  const [, navigate] = useLocation()
  const takeSession = useTakeSession()
  const [code, setCode] = useState("")
  const form = useSubmit(async () => {
    const answer = await call("POST /auth/provider/finish", { body: { code } })
    takeSession(answer.data)
    navigate(answer.next, { replace: true })
  })
  return (
    <GuestFrame title={t("auth.code.title")} text={t("auth.code.text")}>
      <Form
        state={form}
        actions={
          <>
            <Button kind="primary" type="submit" loading={form.busy}>
              {t("auth.signIn.submit")}
            </Button>
            <Button kind="subtle" onClick={() => navigate("/sign-in", { replace: true })}>
              {t("auth.code.back")}
            </Button>
          </>
        }
      >
        <CodeField step={{ code, setCode }} error={form.faultOf("code")} />
      </Form>
    </GuestFrame>
  )
}
