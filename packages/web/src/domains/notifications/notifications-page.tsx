import { useT } from "../../lib/i18n.tsx"
import { PageHeader } from "../../ui/page-header.tsx"
import { NotificationList } from "./notification-list.tsx"
import styles from "./notifications.module.css"

/** The same list as behind the bell, as a page: for phones, and for links. */
export function NotificationsPage() {
  const t = useT()
  return (
    <>
      <PageHeader title={t("notifications.title")} />
      <div className={styles.page}>
        <NotificationList />
      </div>
    </>
  )
}
