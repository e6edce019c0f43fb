import { IconPlugConnected } from "@tabler/icons-react"
import { useQuery, useQueryClient } from "@tanstack/react-query"
import { call } from "../../../lib/api.ts"
import { isApiError } from "../../../lib/api-error.ts"
import { formatInstant } from "../../../lib/format.ts"
import { useFormats, useT } from "../../../lib/i18n.tsx"
import { Button } from "../../../ui/button.tsx"
import { toast, useErrorToast } from "../../../ui/toast.tsx"
import styles from "./settings.module.css"

const key = ["identities"]

/** Providers of one's workspaces, to connect one's account to; nothing where no workspace has one. */
export function Identities() {
  const t = useT()
  const formats = useFormats()
  const client = useQueryClient()
  const showError = useErrorToast()
  const { data } = useQuery({
    queryKey: key,
    queryFn: async ({ signal }) => (await call("GET /auth/identities", { signal })).data,
  })
  if (!data || data.length === 0) return null
  const connect = (id: string) => {
    call("POST /auth/identities/:id/connect", { params: { id } }).then(
      ({ data: { url } }) => window.location.assign(url),
      showError,
    )
  }
  const disconnect = (id: string, name: string) => {
    call("DELETE /auth/identities/:id", { params: { id } })
      .then(() => {
        toast({ text: t("settings.identity.disconnected", { name }) })
        client.invalidateQueries({ queryKey: key })
      })
      .catch((error: unknown) =>
        isApiError(error, "conflict")
          ? toast({ text: t("settings.lastWayIn"), bad: true })
          : showError(error),
      )
  }
  return (
    <section className={`${styles.section} ${styles.wide}`}>
      <h2>{t("settings.identity")}</h2>
      <p>{t("settings.identity.text")}</p>
      <ul className={styles.rows}>
        {data.map(({ id, name, connectedAt }) => (
          <li key={id} className={styles.row}>
            <IconPlugConnected size={22} stroke={1.5} aria-hidden="true" />
            <div className={styles.words}>
              <div className={styles.name}>{name}</div>
              <div className={styles.sub}>
                {connectedAt
                  ? t("settings.identity.since", { when: formatInstant(connectedAt, t, formats) })
                  : t("settings.identity.none")}
              </div>
            </div>
            {connectedAt ? (
              <Button onClick={() => disconnect(id, name)}>{t("settings.identity.disconnect")}</Button>
            ) : (
              <Button onClick={() => connect(id)}>{t("settings.identity.connect")}</Button>
            )}
          </li>
        ))}
      </ul>
    </section>
  )
}
