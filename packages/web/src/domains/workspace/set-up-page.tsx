import { TextInput } from "@mantine/core"
import { useEffect, useRef, useState } from "react"
import { useLocation } from "wouter"
import { call } from "../../lib/api.ts"
import { zoneLabel } from "../../lib/codes.ts"
import { useFormats, useTexts } from "../../lib/i18n.tsx"
import { useTakeSession } from "../../lib/session.tsx"
import { Button } from "../../ui/button.tsx"
import { CountryInput, CurrencyInput, ZoneInput } from "../../ui/fields/code-inputs.tsx"
import { Form, FormRow, type Submit, useSubmit } from "../../ui/form.tsx"
import { PasswordField } from "../../ui/password-field.tsx"
import { GuestFrame } from "./guest-frame.tsx"
import { currencyOf, guessPlace, type PlaceGuess } from "./place-guess.ts"
import styles from "./set-up-page.module.css"
import { useInstallation } from "./sign-in-page.tsx"

interface Typed extends PlaceGuess {
  workspace: string
  name: string
  email: string
  password: string
}

/** First start: the business and its owner. What the device already knows is not asked for. */
export function SetUpPage() {
  const { t } = useTexts()
  const [, navigate] = useLocation()
  const takeSession = useTakeSession()
  const { data: installation } = useInstallation()
  const [typed, setTyped] = useState<Typed>(() => ({
    workspace: "",
    name: "",
    email: "",
    password: "",
    ...guessPlace(navigator.languages, Intl.DateTimeFormat().resolvedOptions().timeZone),
  }))
  const justSetUp = useRef(false)
  useEffect(() => {
    if (installation?.setUp && !justSetUp.current) navigate("/sign-in", { replace: true })
  }, [installation, navigate])
  const change = (part: Partial<Typed>) => setTyped((old) => ({ ...old, ...part }))
  const form = useSubmit(async () => {
    const { workspace, name, email, password, country, currency, timeZone } = typed
    justSetUp.current = true
    const { data } = await call("POST /auth/set-up", {
      body: {
        workspace: {
          name: workspace,
          country: country ?? "",
          currency: currency ?? "",
          timeZone,
          language: t.language,
        },
        owner: { name, email, password },
      },
    })
    takeSession(data)
    navigate("/", { replace: true })
  })
  return (
    <GuestFrame title={t("auth.setUp.title")} text={t("auth.setUp.text")} width={440}>
      <Form
        state={form}
        actions={
          <>
            <Button kind="primary" type="submit" loading={form.busy}>
              {t("auth.setUp.submit")}
            </Button>
            <span className={styles.note}>{t("auth.setUp.private")}</span>
          </>
        }
      >
        <TextInput
          label={t("auth.setUp.name")}
          placeholder={t("auth.setUp.name.example")}
          name="organization"
          autoComplete="organization"
          autoFocus
          value={typed.workspace}
          error={form.faultOf("workspace.name") && t("fieldError.required")}
          onChange={(event) => change({ workspace: event.currentTarget.value })}
        />
        <Place typed={typed} change={change} form={form} />
        <TextInput
          label={t("auth.name")}
          name="name"
          autoComplete="name"
          value={typed.name}
          error={form.faultOf("owner.name") && t("fieldError.required")}
          onChange={(event) => change({ name: event.currentTarget.value })}
        />
        <TextInput
          label={t("auth.email")}
          name="email"
          inputMode="email"
          autoComplete="username"
          autoCapitalize="none"
          value={typed.email}
          error={form.faultOf("owner.email") && t("fieldError.email")}
          onChange={(event) => change({ email: event.currentTarget.value })}
        />
        <PasswordField
          label={t("auth.password")}
          description={t("auth.password.hint")}
          name="password"
          autoComplete="new-password"
          value={typed.password}
          error={form.faultOf("owner.password") && t("fieldError.password")}
          onChange={(event) => change({ password: event.currentTarget.value })}
        />
      </Form>
    </GuestFrame>
  )
}

interface PlaceProps {
  typed: Typed
  change: (part: Partial<Typed>) => void
  form: Submit
}
/** Country, currency and zone: one line while the guess is whole, inputs when asked for or needed. */
function Place({ typed, change, form }: PlaceProps) {
  const { t } = useTexts()
  const formats = useFormats()
  const { country, currency, timeZone } = typed
  const [open, setOpen] = useState(country === null || currency === null)
  const faulty = ["country", "currency", "timeZone"].some((part) => form.faultOf(`workspace.${part}`))
  if (!open && !faulty && country && currency)
    return (
      <div className={styles.place}>
        <span>
          {[
            formats.nameOf("region", country),
            formats.nameOf("currency", currency),
            zoneLabel(timeZone),
          ].join(" · ")}
        </span>
        <Button kind="subtle" onClick={() => setOpen(true)}>
          {t("auth.setUp.change")}
        </Button>
      </div>
    )
  return (
    <>
      <FormRow>
        <CountryInput
          label={t("auth.setUp.country")}
          value={country}
          error={form.faultOf("workspace.country") && t("fieldError.required")}
          onChange={(next) => change({ country: next, currency: (next && currencyOf(next)) ?? currency })}
        />
        <CurrencyInput
          label={t("auth.setUp.currency")}
          value={currency}
          error={form.faultOf("workspace.currency") && t("fieldError.required")}
          onChange={(next) => change({ currency: next })}
        />
      </FormRow>
      <ZoneInput
        label={t("auth.setUp.timeZone")}
        value={timeZone}
        error={form.faultOf("workspace.timeZone")}
        onChange={(next) => change({ timeZone: next ?? timeZone })}
      />
    </>
  )
}
