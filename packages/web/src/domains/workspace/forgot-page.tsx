import { TextInput } from "@mantine/core"
import { useState } from "react"
import { Link } from "wouter"
import { call } from "../../lib/api.ts"
import { useT } from "../../lib/i18n.tsx"
import { Button } from "../../ui/button.tsx"
import { Form, useSubmit } from "../../ui/form.tsx"
import { GuestFrame } from "./guest-frame.tsx"
import { useInstallation } from "./sign-in-page.tsx"

/** Asks for a reset link by mail; says what to do instead where no mail is set up. */
export function ForgotPage() {
  const t = useT()
  const [email, setEmail] = useState("")
  const [answer, setAnswer] = useState<{ mail: boolean } | null>(null)
  const { data: installation } = useInstallation()
  const form = useSubmit(async () => {
    setAnswer((await call("POST /auth/password/forgot", { body: { email } })).data)
  })
  const noMail = installation?.mail === false || answer?.mail === false
  if (noMail || answer)
    return (
      <GuestFrame title={t("auth.forgot.title")} text={t(noMail ? "auth.forgot.noMail" : "auth.forgot.sent")}>
        <Link href="/sign-in">{t("auth.toSignIn")}</Link>
      </GuestFrame>
    )
  return (
    <GuestFrame title={t("auth.forgot.title")} text={t("auth.forgot.text")}>
      <Form
        state={form}
        actions={
          <>
            <Button kind="primary" type="submit" loading={form.busy}>
              {t("auth.forgot.submit")}
            </Button>
            <Link href="/sign-in">{t("auth.toSignIn")}</Link>
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
          value={email}
          error={form.faultOf("email")}
          onChange={(event) => setEmail(event.currentTarget.value)}
        />
      </Form>
    </GuestFrame>
  )
}
