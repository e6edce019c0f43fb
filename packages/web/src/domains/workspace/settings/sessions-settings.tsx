import { IconDeviceLaptop, IconDeviceMobile } from "@tabler/icons-react"
import { useQuery, useQueryClient } from "@tanstack/react-query"
import { call } from "../../../lib/api.ts"
import { formatInstant } from "../../../lib/format.ts"
import { useFormats, useT } from "../../../lib/i18n.tsx"
import { Button } from "../../../ui/button.tsx"
import { Chip } from "../../../ui/chip.tsx"
import { ListSkeleton } from "../../../ui/skeleton.tsx"
import { ErrorState } from "../../../ui/states.tsx"
import { toast, useErrorToast } from "../../../ui/toast.tsx"
import { deviceOf } from "./device.ts"
import styles from "./settings.module.css"

const key = ["sessions"]

/** Where the member is signed in; other devices can be signed out. */
export function SessionsSettings() {
  const t = useT()
  const formats = useFormats()
  const client = useQueryClient()
  const showError = useErrorToast()
  const { data, error, refetch } = useQuery({
    queryKey: key,
    queryFn: async ({ signal }) => (await call("GET /sessions", { signal })).data,
  })
  if (error && !data) return <ErrorState error={error} retry={() => refetch()} />
  if (!data) return <ListSkeleton rows={3} />
  const end = (id: string) => {
    call("DELETE /sessions/:id", { params: { id } }).then(() => {
      toast({ text: t("settings.sessions.ended") })
      client.invalidateQueries({ queryKey: key })
    }, showError)
  }
  return (
    <ul className={styles.rows}>
      {data.map((session) => {
        const { browser, system, phone } = deviceOf(session.userAgent)
        const Mark = phone ? IconDeviceMobile : IconDeviceLaptop
        const when = formatInstant(session.lastSeenAt, t, formats)
        return (
          <li key={session.id} className={styles.row}>
            <Mark size={22} stroke={1.5} aria-hidden="true" />
            <div className={styles.words}>
              <div className={styles.name}>
                {browser && system
                  ? t("settings.sessions.on", { browser, system })
                  : (browser ?? system ?? t("settings.sessions.unknown"))}
                {session.current && <Chip meaning="good">{t("settings.sessions.current")}</Chip>}
              </div>
              <div className={styles.sub}>
                {[t("settings.sessions.seen", { when }), session.ip].filter(Boolean).join(" · ")}
              </div>
            </div>
            {!session.current && (
              <Button onClick={() => end(session.id)}>{t("settings.sessions.end")}</Button>
            )}
          </li>
        )
      })}
    </ul>
  )
}
