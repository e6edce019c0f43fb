import { IconKey, IconShieldCheck } from "@tabler/icons-react"
import { useQuery, useQueryClient } from "@tanstack/react-query"
import { useState } from "react"
import { call } from "../../../lib/api.ts"
import { formatInstant } from "../../../lib/format.ts"
import { useFormats, useT } from "../../../lib/i18n.tsx"
import { Button } from "../../../ui/button.tsx"
import { ConfirmDialog } from "../../../ui/dialog.tsx"
import { ListSkeleton } from "../../../ui/skeleton.tsx"
import { ErrorState } from "../../../ui/states.tsx"
import { toast, useErrorToast } from "../../../ui/toast.tsx"
import { FactorSetUp } from "./factor-set-up.tsx"
import { Identities } from "./identities.tsx"
import { Passkeys } from "./passkeys.tsx"
import { RecoveryDialog } from "./recovery-dialog.tsx"
import styles from "./settings.module.css"
import { OwnSignIns } from "./sign-ins.tsx"

const key = ["factors"]

/** The second step of signing in, with its recovery codes; and how one signed in so far. */
export function SecuritySettings() {
  const t = useT()
  const client = useQueryClient()
  const { data, error, refetch } = useQuery({
    queryKey: key,
    queryFn: async ({ signal }) => (await call("GET /auth/factors", { signal })).data,
  })
  const [codes, setCodes] = useState<string[] | null>(null)
  if (error && !data) return <ErrorState error={error} retry={() => refetch()} />
  if (!data) return <ListSkeleton rows={3} />
  const show = (shown: string[]) => {
    setCodes(shown)
    client.invalidateQueries({ queryKey: key })
  }
  return (
    <>
      <section className={`${styles.section} ${styles.wide}`}>
        <h2>{t("settings.factor")}</h2>
        {data.authenticator ? (
          <Present since={data.authenticator.since} left={data.recoveryCodes} onCodes={show} />
        ) : (
          <FactorSetUp onCodes={show} />
        )}
      </section>
      <Passkeys onAdded={(made) => (made ? show(made) : undefined)} />
      {!data.authenticator && data.recoveryCodes > 0 && (
        <section className={`${styles.section} ${styles.wide}`}>
          <ul className={styles.rows}>
            <RecoveryRow left={data.recoveryCodes} onCodes={show} />
          </ul>
        </section>
      )}
      <Identities />
      <section className={`${styles.section} ${styles.wide}`}>
        <h2>{t("settings.signIns")}</h2>
        <OwnSignIns />
      </section>
      <RecoveryDialog codes={codes} onClose={() => setCodes(null)} />
    </>
  )
}

interface PresentProps {
  since: string
  /** Recovery codes that were not used yet. */
  left: number
  onCodes: (codes: string[]) => void
}
function Present({ since, left, onCodes }: PresentProps) {
  const t = useT()
  const formats = useFormats()
  const client = useQueryClient()
  const [leaving, setLeaving] = useState(false)
  const switchOff = async () => {
    await call("DELETE /auth/authenticator")
    toast({ text: t("settings.factor.off.done") })
    client.invalidateQueries({ queryKey: key })
  }
  return (
    <ul className={styles.rows}>
      <li className={styles.row}>
        <IconShieldCheck size={22} stroke={1.5} aria-hidden="true" />
        <div className={styles.words}>
          <div className={styles.name}>{t("settings.factor.app")}</div>
          <div className={styles.sub}>
            {t("settings.factor.since", { when: formatInstant(since, t, formats) })}
          </div>
        </div>
        <Button onClick={() => setLeaving(true)}>{t("settings.factor.off")}</Button>
      </li>
      <RecoveryRow left={left} onCodes={onCodes} />
      <ConfirmDialog
        opened={leaving}
        onClose={() => setLeaving(false)}
        title={t("settings.factor.off.title")}
        action={t("settings.factor.off")}
        onConfirm={switchOff}
      >
        <p>{t("settings.factor.off.text")}</p>
      </ConfirmDialog>
    </ul>
  )
}

function RecoveryRow({ left, onCodes }: Pick<PresentProps, "left" | "onCodes">) {
  const t = useT()
  const showError = useErrorToast()
  const renew = () => {
    call("POST /auth/recovery-codes").then(({ data }) => onCodes(data.recoveryCodes), showError)
  }
  return (
    <li className={styles.row}>
      <IconKey size={22} stroke={1.5} aria-hidden="true" />
      <div className={styles.words}>
        <div className={styles.name}>{t("settings.recovery")}</div>
        <div className={styles.sub}>{t("settings.recovery.left", { count: left })}</div>
      </div>
      <Button onClick={renew}>{t("settings.recovery.renew")}</Button>
    </li>
  )
}
