import { TextInput } from "@mantine/core"
import { languages } from "@regulars/locales/runtime.ts"
import { IconDeviceDesktop, IconMoon, IconSun } from "@tabler/icons-react"
import { useQueryClient } from "@tanstack/react-query"
import { useState } from "react"
import { call } from "../../../lib/api.ts"
import { zoneLabel } from "../../../lib/codes.ts"
import { useT } from "../../../lib/i18n.tsx"
import { keys } from "../../../lib/query.ts"
import { type Session, useSession } from "../../../lib/session.tsx"
import { Button } from "../../../ui/button.tsx"
import { ZoneInput } from "../../../ui/fields/code-inputs.tsx"
import { Form, useSubmit } from "../../../ui/form.tsx"
import { PasswordField } from "../../../ui/password-field.tsx"
import { type ThemeChoice, useTheme } from "../../../ui/theme/theme-provider.tsx"
import { toast, useErrorToast } from "../../../ui/toast.tsx"
import { CodeField, useSecondStep } from "../second-step.tsx"
import { ChoiceGroup } from "./choice-group.tsx"
import { SavedInput } from "./saved-input.tsx"
import styles from "./settings.module.css"

type Me = NonNullable<Session["member"]>
type MyChanges = Partial<Pick<Me, "name" | "language" | "timeZone" | "theme">>

export function ProfileSettings() {
  const t = useT()
  const { user, member, workspace } = useSession()
  const save = useSaveMe()
  const { choice, choose } = useTheme()
  if (!member || !workspace) return null
  const own = t(`language.${workspace.language}`)
  return (
    <>
      <section className={styles.section}>
        <p className={styles.note}>{t("settings.savedAtOnce")}</p>
        <SavedInput
          label={t("settings.profile.name")}
          value={member.name}
          onSave={(name) => save({ name })}
        />
        <TextInput label={t("settings.profile.email")} value={user.email} readOnly />
        <ChoiceGroup
          legend={t("settings.profile.language")}
          value={member.language ?? "workspace"}
          choices={[
            { value: "workspace" as const, label: t("settings.profile.asWorkspace", { value: own }) },
            ...languages.map((language) => ({ value: language, label: t(`language.${language}`) })),
          ]}
          onChange={(language) => save({ language: language === "workspace" ? null : language })}
        />
        <ZoneInput
          label={t("settings.profile.zone")}
          value={member.timeZone}
          clearable
          placeholder={t("settings.profile.asWorkspace", { value: zoneLabel(workspace.timeZone) })}
          onChange={(timeZone) => save({ timeZone })}
        />
        <ChoiceGroup<ThemeChoice>
          legend={t("settings.profile.theme")}
          value={choice}
          choices={[
            { value: "light", label: t("shell.theme.light"), icon: IconSun },
            { value: "dark", label: t("shell.theme.dark"), icon: IconMoon },
            { value: "system", label: t("shell.theme.system"), icon: IconDeviceDesktop },
          ]}
          onChange={(theme) => {
            choose(theme)
            save({ theme })
          }}
        />
      </section>
      <PasswordSection email={user.email} />
    </>
  )
}

/** Saves one's own settings; the session carries them, so that the whole app follows at once. */
function useSaveMe() {
  const client = useQueryClient()
  const showError = useErrorToast()
  const put = (change: (member: Me) => Me) =>
    client.setQueryData<Session>(
      keys.session,
      (old) => old && { ...old, member: old.member && change(old.member) },
    )
  return async (changes: MyChanges) => {
    const before = client.getQueryData<Session>(keys.session)
    put((member) => ({ ...member, ...changes }))
    try {
      const { data } = await call("PATCH /members/me", { body: changes })
      put(() => data)
      client.setQueryData<Session>(
        keys.session,
        (old) => old && { ...old, user: { ...old.user, name: data.name } },
      )
      client.invalidateQueries({ queryKey: keys.members })
    } catch (error) {
      client.setQueryData(keys.session, before)
      showError(error)
    }
  }
}

function PasswordSection({ email }: { email: string }) {
  const t = useT()
  const [current, setCurrent] = useState("")
  const [password, setPassword] = useState("")
  const step = useSecondStep()
  const form = useSubmit(async () => {
    const isChanged = await step.send(async (code) => {
      await call("POST /auth/password/change", { body: { current, password, ...code } })
      return true
    })
    if (!isChanged) return
    step.restart()
    setCurrent("")
    setPassword("")
    toast({ text: t("settings.password.changed") })
  })
  return (
    <section className={styles.section}>
      <h2>{t("settings.password")}</h2>
      <Form
        state={form}
        actions={
          <Button type="submit" loading={form.busy} disabled={current === "" || password === ""}>
            {t("settings.password.submit")}
          </Button>
        }
      >
        <input type="hidden" autoComplete="username" value={email} readOnly />
        <PasswordField
          label={t("settings.password.current")}
          autoComplete="current-password"
          value={current}
          error={form.faultOf("current")}
          onChange={(event) => setCurrent(event.currentTarget.value)}
        />
        <PasswordField
          label={t("settings.password.new")}
          description={t("auth.password.hint")}
          autoComplete="new-password"
          value={password}
          error={form.faultOf("password") && t("fieldError.password")}
          onChange={(event) => setPassword(event.currentTarget.value)}
        />
        {step.needed && <CodeField step={step} error={form.faultOf("code")} />}
      </Form>
    </section>
  )
}
