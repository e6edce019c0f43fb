import {
  IconArrowBackUp,
  IconChevronDown,
  IconChevronLeft,
  IconChevronRight,
  IconCopy,
  IconDeviceFloppy,
  IconHome,
  IconList,
  IconLock,
  IconPencil,
  IconPin,
  IconPinnedOff,
  IconPlus,
  IconTrash,
  IconUsers,
} from "@tabler/icons-react"
import { useT } from "../../../lib/i18n.tsx"
import { useCan } from "../../../lib/session.tsx"
import { IconButton } from "../../../ui/button.tsx"
import { Menu } from "../../../ui/menu.tsx"
import type { MenuEntry, MenuGroup } from "../../../ui/menu-entries.ts"
import { usePins } from "./use-pins.ts"
import type { ViewActions } from "./use-view-actions.ts"
import type { useViewsOf } from "./use-views.ts"
import { isInSidebar, type View } from "./view-state.ts"

export type ViewQuestion = "new" | "rename" | "copy" | "bin" | "sidebar"
interface ViewMenuProps {
  /** The view that is open; undefined for the whole list. */
  view: View | undefined
  known: ReturnType<typeof useViewsOf>
  /** The list shows something else than the view keeps. */
  changed: boolean
  actions: ViewActions
  onAsk: (question: ViewQuestion) => void
  onSave: () => void
  onDiscard: () => void
}
/** Everything that can be done with the view that is open. */
export function ViewMenu(props: ViewMenuProps) {
  const t = useT()
  const { view, onAsk } = props
  const own = useViewEntries(props)
  const first = useFirstEntries(props)
  const state: MenuEntry[] = [
    ...useStateEntries(props),
    { id: "new", label: t("view.new"), icon: IconPlus, run: () => onAsk("new") },
  ]
  const end: MenuEntry[] = [
    ...(props.known.views.length > 0
      ? [{ id: "sidebar", label: t("view.sidebar"), icon: IconList, run: () => onAsk("sidebar") }]
      : []),
    { id: "bin", label: t("view.bin"), icon: IconArrowBackUp, run: () => onAsk("bin") },
    ...(view?.can.delete
      ? [
          {
            id: "delete",
            label: t("view.delete"),
            icon: IconTrash,
            danger: true,
            run: () => void props.actions.remove(view),
          },
        ]
      : []),
  ]
  const groups: MenuGroup[] = [{ entries: state }, ...own, { entries: first }, { entries: end }]
  return (
    <Menu
      position="bottom-start"
      target={
        <IconButton
          icon={IconChevronDown}
          label={view ? t("view.menu", { name: view.name }) : t("view.menu.all")}
        />
      }
      groups={groups.filter(({ entries }) => entries.length > 0)}
    />
  )
}

/** What can be done about a list that shows something else than the view keeps. */
function useStateEntries({ view, changed, onSave, onDiscard }: ViewMenuProps): MenuEntry[] {
  const t = useT()
  if (!view || !changed) return []
  const save = { id: "save", label: t("view.save"), icon: IconDeviceFloppy, run: onSave }
  const discard = { id: "discard", label: t("view.discard"), icon: IconArrowBackUp, run: onDiscard }
  return view.can.update ? [save, discard] : [discard]
}
function useViewEntries({ view, known: { views }, actions, onAsk }: ViewMenuProps): MenuGroup[] {
  const t = useT()
  const mayShare = useCan("views:share")
  const pins = usePins()
  if (!view) return []
  const place = views.indexOf(view)
  const copy = { id: "copy", label: t("view.copy"), icon: IconCopy, run: () => onAsk("copy") }
  const isPinned = isInSidebar(view)
  const pin: MenuEntry = {
    id: "pin",
    label: t(isPinned ? "view.unpin" : "view.pin"),
    icon: isPinned ? IconPinnedOff : IconPin,
    run: () => void pins.turn(view),
  }
  if (!view.can.update) return [{ entries: [copy, pin] }]
  const manage: MenuEntry[] = [
    { id: "rename", label: t("view.rename"), icon: IconPencil, run: () => onAsk("rename") },
    copy,
    ...(mayShare
      ? [
          {
            id: "share",
            label: t(view.shared ? "view.makePrivate" : "view.share"),
            icon: view.shared ? IconLock : IconUsers,
            run: () => void actions.share(view),
          },
        ]
      : []),
    pin,
    ...(view.shared
      ? [
          {
            id: "pinForAll",
            label: t(view.pinned ? "view.unpinForAll" : "view.pinForAll"),
            icon: view.pinned ? IconPinnedOff : IconPin,
            run: () => void actions.pinForAll(view),
          },
        ]
      : []),
  ]
  const move: MenuEntry[] = [
    {
      id: "left",
      label: t("view.left"),
      icon: IconChevronLeft,
      disabled: place <= 0,
      run: () => actions.move(views, place, place - 1),
    },
    {
      id: "right",
      label: t("view.right"),
      icon: IconChevronRight,
      disabled: place === views.length - 1,
      run: () => actions.move(views, place, place + 1),
    },
  ]
  return [{ entries: manage }, { entries: move }]
}

/** What the list opens with: for oneself, and for whoever may say so, for everyone. */
function useFirstEntries({ view, known, actions }: ViewMenuProps): MenuEntry[] {
  const t = useT()
  const mayManage = useCan("views:manage")
  const { chosen, everyone } = known
  const id = view?.id ?? null
  const isOwn = view ? chosen === id : chosen === "all"
  const entries: MenuEntry[] = []
  // Without a choice of anybody's the whole list comes first anyway.
  if (isOwn)
    entries.push({
      id: "me",
      label: t("view.notFirst"),
      icon: IconHome,
      run: () => void actions.openFirst("me", null, chosen),
    })
  else if (view || chosen !== null || everyone !== null)
    entries.push({
      id: "me",
      label: t("view.first"),
      icon: IconHome,
      run: () => void actions.openFirst("me", id ?? "all", chosen),
    })
  if (mayManage && (view ? view.shared : everyone !== null)) {
    const isFirst = view !== undefined && everyone === id
    entries.push({
      id: "everyone",
      label: t(isFirst ? "view.notFirstForAll" : "view.firstForAll"),
      icon: IconUsers,
      run: () => void actions.openFirst("everyone", isFirst ? null : id, everyone),
    })
  }
  return entries
}
