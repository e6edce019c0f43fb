import { IconRefresh, IconWifiOff } from "@tabler/icons-react"
import { useEffect, useState } from "react"
import { useT } from "../../lib/i18n.tsx"
import { onReconnect } from "../../lib/live.ts"
import { isOutdated } from "../../lib/newer-version.ts"
import { Button } from "../../ui/button.tsx"
import styles from "./shell.module.css"
import { useOnline } from "./use-online.ts"

/** What concerns every page: no connection, or a server that was upgraded since this page was loaded. */
export function Banners() {
  const t = useT()
  const online = useOnline()
  const outdated = useOutdated()
  return (
    <div
      className={!online || outdated ? styles.banner : undefined}
      style={{ gridColumn: "1 / -1" }}
      role="status"
    >
      {!online ? (
        <>
          <IconWifiOff size={16} stroke={1.5} aria-hidden="true" />
          {t("shell.offline")}
        </>
      ) : (
        outdated && (
          <>
            <span>{t("shell.outdated")}</span>
            <Button icon={IconRefresh} onClick={() => window.location.reload()}>
              {t("action.reload")}
            </Button>
          </>
        )
      )}
    </div>
  )
}

/** An upgrade restarts the server, so the question is worth asking whenever the stream comes back. */
function useOutdated(): boolean {
  const [outdated, setOutdated] = useState(false)
  useEffect(() => onReconnect(() => void isOutdated().then((found) => found && setOutdated(true))), [])
  return outdated
}
