import type { Api } from "@regulars/contract/endpoints.ts"
import { IconDeviceLaptop, IconDeviceMobile } from "@tabler/icons-react"
import { useQuery } from "@tanstack/react-query"
import { call } from "../../../lib/api.ts"
import { formatInstant } from "../../../lib/format.ts"
import { useFormats, useT } from "../../../lib/i18n.tsx"
import { ListSkeleton } from "../../../ui/skeleton.tsx"
import { ErrorState } from "../../../ui/states.tsx"
import { deviceOf } from "./device.ts"
import styles from "./settings.module.css"

/** One's own last sign-ins. */
export function OwnSignIns() {
  const { data, error, refetch } = useQuery({
    queryKey: ["sign-ins", "own"],
    queryFn: async ({ signal }) => (await call("GET /auth/sign-ins", { signal })).data,
  })
  if (error && !data) return <ErrorState error={error} retry={() => refetch()} />
  return data ? <SignIns signIns={data} /> : <ListSkeleton rows={3} />
}

/** Sign-ins: when, on what, from where, by what. */
export function SignIns({ signIns }: { signIns: Api["GET /auth/sign-ins"]["response"]["data"] }) {
  const t = useT()
  const formats = useFormats()
  if (signIns.length === 0) return <p className={styles.note}>{t("settings.signIns.none")}</p>
  return (
    <ul className={styles.rows}>
      {signIns.map(({ id, at, how, ip, userAgent }) => {
        const { browser, system, phone } = deviceOf(userAgent)
        const Mark = phone ? IconDeviceMobile : IconDeviceLaptop
        const device =
          browser && system
            ? t("settings.sessions.on", { browser, system })
            : (browser ?? system ?? t("settings.sessions.unknown"))
        return (
          <li key={id} className={styles.row}>
            <Mark size={22} stroke={1.5} aria-hidden="true" />
            <div className={styles.words}>
              <div className={styles.name}>{formatInstant(at, t, formats)}</div>
              <div className={styles.sub}>
                {[device, t(`settings.signIns.${how}`), ip].filter(Boolean).join(" · ")}
              </div>
            </div>
          </li>
        )
      })}
    </ul>
  )
}
