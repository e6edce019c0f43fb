import { Checkbox } from "@mantine/core"
import type { SignInRules } from "@regulars/contract/domains/sign-in.endpoints.ts"
import { sessionBounds } from "@regulars/contract/domains/sign-in.ts"
import { useQuery, useQueryClient } from "@tanstack/react-query"
import { call } from "../../../lib/api.ts"
import { useT } from "../../../lib/i18n.tsx"
import { useCan } from "../../../lib/session.tsx"
import { Picker } from "../../../ui/fields/picker.tsx"
import { FormRow } from "../../../ui/form.tsx"
import { ListSkeleton } from "../../../ui/skeleton.tsx"
import { ErrorState } from "../../../ui/states.tsx"
import { useErrorToast } from "../../../ui/toast.tsx"
import { ProviderSettings } from "./provider-settings.tsx"
import styles from "./settings.module.css"
import { useRoles } from "./use-rights.ts"

const key = ["sign-in-rules"]

/** How the members sign in: whose role needs a second step, and how long a sign-in holds. */
export function SignInSettings() {
  const t = useT()
  const client = useQueryClient()
  const showError = useErrorToast()
  const mayManage = useCan("signIn:manage")
  const { data, error, refetch } = useQuery({
    queryKey: key,
    queryFn: async ({ signal }) => (await call("GET /sign-in-rules", { signal })).data,
  })
  if (error && !data) return <ErrorState error={error} retry={() => refetch()} />
  if (!data) return <ListSkeleton rows={5} avatar={false} />
  const save = async (change: Partial<SignInRules>) => {
    client.setQueryData(key, { ...data, ...change })
    try {
      client.setQueryData(key, (await call("PATCH /sign-in-rules", { body: change })).data)
    } catch (problem) {
      client.setQueryData(key, data)
      showError(problem)
    }
  }
  return (
    <>
      <p className={`${styles.note} ${styles.intro}`}>{t("settings.savedAtOnce")}</p>
      <section className={styles.section}>
        <h2>{t("settings.signIn.factor")}</h2>
        <p>{t("settings.signIn.factor.text")}</p>
        <RoleChecks
          chosen={data.secondFactorRoles}
          onChange={(secondFactorRoles) => save({ secondFactorRoles })}
        />
      </section>
      <section className={styles.section}>
        <h2>{t("settings.signIn.sessions")}</h2>
        <p>{t("settings.signIn.sessions.text")}</p>
        <FormRow>
          <Length
            label={t("settings.signIn.idle")}
            value={data.idleMinutes}
            choices={idleChoices.filter((minutes) => minutes <= data.longestMinutes)}
            onChange={(idleMinutes) => save({ idleMinutes })}
          />
          <Length
            label={t("settings.signIn.longest")}
            value={data.longestMinutes}
            choices={longestChoices.filter((minutes) => minutes >= data.idleMinutes)}
            onChange={(longestMinutes) => save({ longestMinutes })}
          />
        </FormRow>
      </section>
      {mayManage && <ProviderSettings />}
    </>
  )
}

function RoleChecks({ chosen, onChange }: { chosen: string[]; onChange: (roles: string[]) => void }) {
  const t = useT()
  const { data } = useRoles()
  return (
    <fieldset className={styles.checks}>
      <legend className={styles.legend}>{t("settings.signIn.factor.roles")}</legend>
      {data?.data.map(({ id, name, base, canGive }) => (
        <Checkbox
          key={id}
          label={name ?? t(`role.${base}`)}
          checked={chosen.includes(id)}
          disabled={!canGive}
          onChange={(event) =>
            onChange(event.currentTarget.checked ? [...chosen, id] : chosen.filter((one) => one !== id))
          }
        />
      ))}
    </fieldset>
  )
}

const hour = 60
const day = 24 * hour
const idleChoices = [
  sessionBounds.idle.least,
  hour,
  8 * hour,
  day,
  7 * day,
  14 * day,
  sessionBounds.idle.most,
]
const longestChoices = [8 * hour, day, 7 * day, 30 * day, sessionBounds.longest.most]

interface LengthProps {
  label: string
  /** Minutes. */
  value: number
  choices: readonly number[]
  onChange: (minutes: number) => void
}
function Length({ label, value, choices, onChange }: LengthProps) {
  const t = useT()
  // What was set by the API may be none of the usual lengths.
  const all = [...new Set([...choices, value])].sort((one, other) => one - other)
  return (
    <Picker
      label={label}
      value={String(value)}
      options={all.map((minutes) => ({ value: String(minutes), label: lengthText(t, minutes) }))}
      onChange={(minutes) => minutes && Number(minutes) !== value && onChange(Number(minutes))}
    />
  )
}
function lengthText(t: ReturnType<typeof useT>, minutes: number): string {
  if (minutes % day === 0) return t("settings.signIn.days", { count: minutes / day })
  if (minutes % hour === 0) return t("settings.signIn.hours", { count: minutes / hour })
  return t("settings.signIn.minutes", { count: minutes })
}
