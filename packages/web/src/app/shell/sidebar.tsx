import {
  IconLayoutSidebarLeftCollapse,
  IconLayoutSidebarLeftExpand,
  IconPlus,
  IconSearch,
} from "@tabler/icons-react"
import { Fragment, useState } from "react"
import { Link, useLocation } from "wouter"
import { NotificationBell } from "../../domains/notifications/notification-bell.tsx"
import { PinnedViews } from "../../domains/records/views/pinned-views.tsx"
import { useOpenPalette } from "../../lib/commands.ts"
import { useT } from "../../lib/i18n.tsx"
import { useSession } from "../../lib/session.tsx"
import { useShortcut } from "../../lib/shortcuts.ts"
import { readStored, store } from "../../lib/storage.ts"
import { Avatar } from "../../ui/avatar.tsx"
import { IconButton } from "../../ui/button.tsx"
import { KeyHint } from "../../ui/key-hint.tsx"
import { useTooltip } from "../../ui/tooltip.tsx"
import { fetchPageAhead } from "../routes.tsx"
import { AccountMenu, WorkspaceMenu } from "./account-menu.tsx"
import { CreateMenu } from "./create-menu.tsx"
import { isWithin, type NavigationEntry, sidebarFoot, sidebarGroups } from "./navigation.ts"
import { useObjectEntries } from "./object-entries.tsx"
import styles from "./sidebar.module.css"

/** Sidebar of wide screens: 232 px, or 56 px with icons alone. */
export function Sidebar() {
  const t = useT()
  const { user, permissions } = useSession()
  const objects = useObjectEntries()
  const [narrow, setNarrow] = useState(() => readStored("sidebar") === "narrow")
  const toggle = () => {
    store("sidebar", narrow ? "wide" : "narrow")
    setNarrow(!narrow)
  }
  useShortcut({ keys: "mod+b", label: "keys.sidebar", group: "general", run: toggle })
  return (
    <nav
      aria-label={t("shell.navigation")}
      className={narrow ? `${styles.sidebar} ${styles.narrow}` : styles.sidebar}
    >
      <div className={styles.top}>
        <WorkspaceMenu className={styles.workspace} nameClassName={styles.workspaceName} narrow={narrow} />
        <NotificationBell />
        <CreateMenu>
          <IconButton icon={IconPlus} label={t("shell.create")} />
        </CreateMenu>
      </div>
      <PaletteButton narrow={narrow} />
      {sidebarGroups.map(({ label, entries, holdsObjects }) => {
        const shown = [...entries, ...(holdsObjects ? objects : [])].filter(
          ({ permission }) => !permission || permissions.includes(permission),
        )
        if (shown.length === 0) return null
        return (
          <div key={label ?? "top"} className={styles.group}>
            {label && <div className={styles.heading}>{t(label)}</div>}
            {shown.map((entry) => (
              <Fragment key={entry.path}>
                <SidebarLink entry={entry} narrow={narrow} />
                {!narrow && <PinnedViews entity={entry.path.slice(1)} className={styles.pinned} />}
              </Fragment>
            ))}
          </div>
        )
      })}
      <div className={styles.foot}>
        {sidebarFoot.map((entry) => (
          <SidebarLink key={entry.path} entry={entry} narrow={narrow} />
        ))}
        <div className={styles.account}>
          <AccountMenu>
            <button type="button" className={styles.me} aria-label={t("shell.account", { name: user.name })}>
              <Avatar name={user.name} size={24} />
              {!narrow && <span className={styles.workspaceName}>{user.name}</span>}
            </button>
          </AccountMenu>
          <IconButton
            icon={narrow ? IconLayoutSidebarLeftExpand : IconLayoutSidebarLeftCollapse}
            label={t(narrow ? "shell.expand" : "shell.collapse")}
            keys="mod+b"
            onClick={toggle}
          />
        </div>
      </div>
    </nav>
  )
}

function SidebarLink({ entry, narrow }: { entry: NavigationEntry; narrow: boolean }) {
  const t = useT()
  const [location] = useLocation()
  const { permissions } = useSession()
  const { tooltip, onPointerEnter } = useTooltip(entry.text ?? t(entry.label), "right")
  if (entry.permission && !permissions.includes(entry.permission)) return null
  const { icon: Mark, badge: Badge } = entry
  return (
    <>
      <Link
        href={entry.path}
        className={styles.link}
        aria-current={isWithin(entry.path, location) ? "page" : undefined}
        onPointerEnter={(event) => {
          fetchPageAhead(entry.path)
          onPointerEnter(event)
        }}
      >
        <Mark size={18} stroke={1.5} />
        <span className={styles.label}>{entry.text ?? t(entry.label)}</span>
        {!narrow && Badge && <Badge />}
      </Link>
      {narrow && tooltip}
    </>
  )
}

function PaletteButton({ narrow }: { narrow: boolean }) {
  const t = useT()
  const open = useOpenPalette()
  useShortcut(
    open ? { keys: "mod+k", label: "keys.palette", group: "general", whenTyping: true, run: open } : null,
  )
  if (!open) return null
  if (narrow) return <IconButton icon={IconSearch} label={t("shell.search")} keys="mod+k" onClick={open} />
  return (
    <button type="button" className={styles.search} onClick={open}>
      <IconSearch size={16} stroke={1.5} />
      <span className={styles.searchText}>{t("shell.search")}</span>
      <KeyHint keys="mod+k" />
    </button>
  )
}
