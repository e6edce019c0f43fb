import { IconBell } from "@tabler/icons-react"
import { useState } from "react"
import { useT, withTexts } from "../../lib/i18n.tsx"
import { lazyPart } from "../../lib/lazy-part.tsx"
import { useCan } from "../../lib/session.tsx"
import { IconButton } from "../../ui/button.tsx"
import { Later } from "../../ui/later.tsx"
import { Popup } from "../../ui/popup.tsx"
import { ListSkeleton } from "../../ui/skeleton.tsx"
import styles from "./notifications.module.css"
import { useNotifications } from "./use-notifications.ts"

const NotificationList = lazyPart(
  () => withTexts(() => import("./notification-list.tsx"), "today"),
  "NotificationList",
  "soon",
)

/** The bell of the shell: how much is unread, and a small panel with what it is. */
export function NotificationBell() {
  const t = useT()
  const [opened, setOpened] = useState(false)
  const unread = useNotifications().data?.unread ?? 0
  const label = unread > 0 ? t("notifications.unread", { count: unread }) : t("notifications.title")
  if (!useCan("notifications:read")) return null
  return (
    <Popup
      opened={opened}
      onClose={() => setOpened(false)}
      label={t("notifications.title")}
      className={styles.panel}
      targetClassName={styles.bell}
      target={
        <>
          <IconButton
            icon={IconBell}
            label={label}
            aria-expanded={opened}
            aria-haspopup="dialog"
            onClick={() => setOpened(!opened)}
          />
          {unread > 0 && (
            <span className={styles.badge} aria-hidden="true">
              {unread > 9 ? "9+" : unread}
            </span>
          )}
        </>
      }
    >
      <h2 className={styles.heading}>{t("notifications.title")}</h2>
      <Later fallback={<ListSkeleton rows={4} avatar={false} />}>
        <NotificationList onOpened={() => setOpened(false)} />
      </Later>
    </Popup>
  )
}
