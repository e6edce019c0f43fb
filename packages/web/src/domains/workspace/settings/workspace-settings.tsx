import type { Workspace } from "@regulars/contract/domains/workspace.endpoints.ts"
import { languages } from "@regulars/locales/runtime.ts"
import { useQueryClient } from "@tanstack/react-query"
import { call } from "../../../lib/api.ts"
import { useT } from "../../../lib/i18n.tsx"
import { keys } from "../../../lib/query.ts"
import { type Session, useCan, useSession } from "../../../lib/session.tsx"
import { CountryInput, CurrencyInput, ZoneInput } from "../../../ui/fields/code-inputs.tsx"
import { FormRow } from "../../../ui/form.tsx"
import { useErrorToast } from "../../../ui/toast.tsx"
import { ChoiceGroup } from "./choice-group.tsx"
import { SavedInput } from "./saved-input.tsx"
import styles from "./settings.module.css"

export function WorkspaceSettings() {
  const t = useT()
  const { workspace } = useSession()
  const mayChange = useCan("workspace:update")
  const save = useSaveWorkspace()
  if (!workspace) return null
  return (
    <section className={styles.section}>
      <p className={styles.note}>{t(mayChange ? "settings.savedAtOnce" : "settings.workspace.readOnly")}</p>
      <SavedInput
        label={t("settings.workspace.name")}
        value={workspace.name}
        disabled={!mayChange}
        onSave={(name) => save({ name })}
      />
      <FormRow>
        <CountryInput
          label={t("settings.workspace.country")}
          description={t("settings.workspace.country.hint")}
          value={workspace.country}
          disabled={!mayChange}
          onChange={(country) => country && save({ country })}
        />
        <CurrencyInput
          label={t("settings.workspace.currency")}
          value={workspace.currency}
          disabled={!mayChange}
          onChange={(currency) => currency && save({ currency })}
        />
      </FormRow>
      <ZoneInput
        label={t("settings.workspace.timeZone")}
        description={t("settings.workspace.timeZone.hint")}
        value={workspace.timeZone}
        disabled={!mayChange}
        onChange={(timeZone) => timeZone && save({ timeZone })}
      />
      <ChoiceGroup
        legend={t("settings.workspace.language")}
        value={workspace.language}
        disabled={!mayChange}
        choices={languages.map((language) => ({ value: language, label: t(`language.${language}`) }))}
        onChange={(language) => save({ language })}
      />
      <p className={styles.note}>{t("settings.workspace.language.hint")}</p>
    </section>
  )
}

function useSaveWorkspace() {
  const client = useQueryClient()
  const showError = useErrorToast()
  const put = (change: (workspace: Workspace) => Workspace) =>
    client.setQueryData<Session>(
      keys.session,
      (old) => old && { ...old, workspace: old.workspace && change(old.workspace) },
    )
  return async (changes: Partial<Omit<Workspace, "id" | "createdAt">>) => {
    const before = client.getQueryData<Session>(keys.session)
    put((workspace) => ({ ...workspace, ...changes }))
    try {
      const { data } = await call("PATCH /workspace", { body: changes })
      put(() => data)
    } catch (error) {
      client.setQueryData(keys.session, before)
      showError(error)
    }
  }
}
