import { IconDots, IconPin, IconPlus } from "@tabler/icons-react"
import { Link, useLocation } from "wouter"
import { usePinnedViews } from "../../domains/records/views/use-views.ts"
import { addressOf } from "../../domains/records/views/view-state.ts"
import { useCreateEntries, useOpenPalette } from "../../lib/commands.ts"
import { useT } from "../../lib/i18n.tsx"
import { useSession } from "../../lib/session.tsx"
import { Menu } from "../../ui/menu.tsx"
import { useAccountGroups } from "./account-menu.tsx"
import styles from "./bottom-bar.module.css"
import { CreateMenu } from "./create-menu.tsx"
import { behindMore, bottomBar, isWithin, type NavigationEntry } from "./navigation.ts"
import { useObjectEntries } from "./object-entries.tsx"

/** Navigation of phones, within reach of a thumb. */
export function BottomBar() {
  const t = useT()
  const [location, navigate] = useLocation()
  const { permissions } = useSession()
  const openPalette = useOpenPalette()
  const canCreate = useCreateEntries().length > 0
  const account = useAccountGroups()
  const allowed = (entry: NavigationEntry) => !entry.permission || permissions.includes(entry.permission)
  const shown = bottomBar.filter(allowed)
  const objects = useObjectEntries()
  const others = [...behindMore.know, ...objects, ...behindMore.rest]
  const more = others.filter(allowed).map((entry) => ({
    id: entry.path,
    label: entry.text ?? t(entry.label),
    icon: entry.icon,
    run: () => navigate(entry.path),
  }))
  const search = openPalette ? [{ id: "search", label: t("shell.search"), run: openPalette }] : []
  const pinned = usePinnedViews().map((view) => ({
    id: view.id,
    label: view.name,
    icon: IconPin,
    run: () => navigate(addressOf(view)),
  }))
  const inMore = others.some((entry) => isWithin(entry.path, location))
  return (
    <nav className={styles.bar} aria-label={t("shell.navigation")}>
      {shown.slice(0, 2).map((entry) => (
        <BarLink key={entry.path} entry={entry} location={location} />
      ))}
      {canCreate && (
        <CreateMenu position="top-end">
          <button type="button" className={styles.entry} aria-label={t("shell.create")}>
            <span className={styles.plus}>
              <IconPlus size={22} stroke={1.75} />
            </span>
          </button>
        </CreateMenu>
      )}
      {shown.slice(2).map((entry) => (
        <BarLink key={entry.path} entry={entry} location={location} />
      ))}
      <Menu
        position="top-end"
        target={
          <button type="button" className={styles.entry} aria-current={inMore ? "page" : undefined}>
            <IconDots size={22} stroke={1.5} />
            {t("shell.more")}
          </button>
        }
        groups={[
          { entries: [...search, ...more] },
          ...(pinned.length > 0 ? [{ entries: pinned }] : []),
          ...account,
        ]}
      />
    </nav>
  )
}

function BarLink({ entry, location }: { entry: NavigationEntry; location: string }) {
  const t = useT()
  const Mark = entry.icon
  return (
    <Link
      href={entry.path}
      className={styles.entry}
      aria-current={isWithin(entry.path, location) ? "page" : undefined}
    >
      <Mark size={22} stroke={1.5} />
      {t(entry.label)}
    </Link>
  )
}
