import { Popover } from "@mantine/core"
import { IconBell } from "@tabler/icons-react"
import { lazy, Suspense, useState } from "react"
import { useT } from "../../lib/i18n.tsx"
import { useCan } from "../../lib/session.tsx"
import { IconButton } from "../../ui/button.tsx"
import { ListSkeleton } from "../../ui/skeleton.tsx"
import styles from "./notifications.module.css"
import { useNotifications } from "./use-notifications.ts"

const NotificationList = lazy(async () => ({
  default: (await import("./notification-list.tsx")).NotificationList,
}))

/** The bell of the shell: how much is unread, and a small panel with what it is. */
export function NotificationBell() {
  const t = useT()
  const [opened, setOpened] = useState(false)
  const unread = useNotifications().data?.unread ?? 0
  const label = unread > 0 ? t("notifications.unread", { count: unread }) : t("notifications.title")
  if (!useCan("notifications:read")) return null
  return (
    <Popover
      opened={opened}
      onChange={setOpened}
      position="bottom-start"
      width={360}
      withRoles={false}
      trapFocus
      returnFocus
    >
      <Popover.Target>
        <span className={styles.bell}>
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
        </span>
      </Popover.Target>
      <Popover.Dropdown className={styles.panel} aria-label={t("notifications.title")}>
        <h2 className={styles.heading}>{t("notifications.title")}</h2>
        <Suspense fallback={<ListSkeleton rows={4} avatar={false} />}>
          <NotificationList onOpened={() => setOpened(false)} />
        </Suspense>
      </Popover.Dropdown>
    </Popover>
  )
}
