import { IconAt, IconClock, IconUserCheck } from "@tabler/icons-react"
import { useLocation } from "wouter"
import type { Icon } from "../../lib/commands.ts"
import { useT } from "../../lib/i18n.tsx"
import { Button } from "../../ui/button.tsx"
import { RelativeTime } from "../../ui/display.tsx"
import { ListSkeleton } from "../../ui/skeleton.tsx"
import { EmptyState, ErrorState } from "../../ui/states.tsx"
import styles from "./notifications.module.css"
import {
  type Notification,
  type NotificationKind,
  pathOf,
  useMarkRead,
  useNotifications,
} from "./use-notifications.ts"

const icons: Record<NotificationKind, Icon> = { mention: IconAt, assigned: IconUserCheck, due: IconClock }

/** What the member was told; a line opens what it is about and counts as read then. */
export function NotificationList({ onOpened }: { onOpened?: () => void }) {
  const t = useT()
  const { data, error, refetch } = useNotifications()
  const markRead = useMarkRead()
  if (error && !data) return <ErrorState error={error} retry={() => refetch()} />
  if (!data) return <ListSkeleton rows={4} avatar={false} />
  if (data.data.length === 0)
    return <EmptyState title={t("notifications.empty.title")}>{t("notifications.empty.text")}</EmptyState>
  return (
    <>
      {data.unread > 0 && (
        <div className={styles.actions}>
          <Button kind="subtle" loading={markRead.isPending} onClick={() => markRead.mutate(undefined)}>
            {t("notifications.readAll")}
          </Button>
        </div>
      )}
      <ul className={styles.lines}>
        {data.data.map((one) => (
          <Line
            key={one.id}
            one={one}
            onOpen={() => {
              if (!one.readAt) markRead.mutate(one.id)
              onOpened?.()
            }}
          />
        ))}
      </ul>
    </>
  )
}

function Line({ one, onOpen }: { one: Notification; onOpen: () => void }) {
  const t = useT()
  const [, navigate] = useLocation()
  const Mark = icons[one.kind]
  const name = one.actor?.name
  const about = one.about.flatMap((record) => record.name ?? [])
  return (
    <li>
      <button
        type="button"
        className={styles.line}
        onClick={() => {
          onOpen()
          navigate(pathOf(one))
        }}
      >
        <span className={styles.mark}>
          <Mark size={18} stroke={1.5} aria-hidden="true" />
        </span>
        <span className={styles.words}>
          <span className={styles.what}>
            {name ? t(`notifications.${one.kind}.by`, { name }) : t(`notifications.${one.kind}`)}
          </span>
          <span className={styles.title}>{one.subject.title || t("state.unnamed")}</span>
          <span className={styles.what}>
            {about.length > 0 && `${about.join(", ")} · `}
            <RelativeTime at={one.createdAt} />
          </span>
        </span>
        {!one.readAt && <span className={styles.dot} role="img" aria-label={t("notifications.unread.one")} />}
      </button>
    </li>
  )
}
