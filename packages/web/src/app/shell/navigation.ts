import type { MessageId } from "@regulars/locales/runtime.ts"
import {
  IconBell,
  IconBuilding,
  IconCheckbox,
  IconCoins,
  IconCopyCheck,
  IconHelpCircle,
  IconPackage,
  IconReceipt,
  IconSettings,
  IconSun,
  IconTrash,
  IconUpload,
  IconUsers,
} from "@tabler/icons-react"
import type { ComponentType } from "react"
import { OpenDuplicates } from "../../domains/duplicates/open-count.tsx"
import type { Icon } from "../../lib/commands.ts"

export interface NavigationEntry {
  path: string
  label: MessageId
  /** Words of the workspace's own, in place of the label. */
  text?: string
  icon: Icon
  permission?: string
  /** Second key of the pair that goes there: `g t`. */
  key?: string
  /** Shown behind the label: how much waits there. */
  badge?: ComponentType
}
export interface NavigationGroup {
  label?: MessageId
  entries: readonly NavigationEntry[]
  /** The workspace's own objects stand below. */
  holdsObjects?: true
}

const today: NavigationEntry = { path: "/", label: "shell.today", icon: IconSun, key: "h" }
const tasks: NavigationEntry = {
  path: "/tasks",
  label: "shell.tasks",
  icon: IconCheckbox,
  permission: "tasks:read",
  key: "t",
}
const people: NavigationEntry = {
  path: "/people",
  label: "shell.people",
  icon: IconUsers,
  permission: "people:read",
  key: "p",
}
const companies: NavigationEntry = {
  path: "/companies",
  label: "shell.companies",
  icon: IconBuilding,
  permission: "companies:read",
  key: "c",
}
const deals: NavigationEntry = {
  path: "/deals",
  label: "shell.deals",
  icon: IconCoins,
  permission: "deals:read",
  key: "v",
}
const orders: NavigationEntry = {
  path: "/orders",
  label: "shell.orders",
  icon: IconReceipt,
  permission: "orders:read",
  key: "o",
}
const products: NavigationEntry = {
  path: "/products",
  label: "shell.products",
  icon: IconPackage,
  permission: "products:read",
}
const duplicates: NavigationEntry = {
  path: "/duplicates",
  label: "shell.duplicates",
  icon: IconCopyCheck,
  permission: "duplicates:read",
  key: "d",
  badge: OpenDuplicates,
}
const settings: NavigationEntry = { path: "/settings", label: "shell.settings", icon: IconSettings, key: "s" }
const help: NavigationEntry = { path: "/help", label: "shell.help", icon: IconHelpCircle }
const importing: NavigationEntry = {
  path: "/import",
  label: "shell.import",
  icon: IconUpload,
  permission: "imports:read",
  key: "i",
}
const notifications: NavigationEntry = {
  path: "/notifications",
  label: "notifications.title",
  icon: IconBell,
  permission: "notifications:read",
}
const bin: NavigationEntry = { path: "/bin", label: "shell.bin", icon: IconTrash }

const sell = [deals, orders, products]

/** The sidebar from top to bottom, and the entries at its foot. */
export const sidebarGroups: readonly NavigationGroup[] = [
  { entries: [today, tasks] },
  { label: "shell.group.know", entries: [people, companies, duplicates], holdsObjects: true },
  { label: "shell.group.sell", entries: sell },
]
export const sidebarFoot: readonly NavigationEntry[] = [importing, bin, settings, help]
/** Phones: two entries on either side of "+", everything else behind "More". */
export const bottomBar: readonly NavigationEntry[] = [today, people, tasks]
/** As in the sidebar, the workspace's own objects stand between the two. */
export const behindMore: Record<"know" | "rest", readonly NavigationEntry[]> = {
  know: [companies, duplicates],
  rest: [...sell, notifications, ...sidebarFoot],
}
export const everywhere: readonly NavigationEntry[] = [
  today,
  tasks,
  people,
  companies,
  deals,
  orders,
  products,
  duplicates,
  importing,
  notifications,
  bin,
  settings,
  help,
]

/** Whether a page lies at or below an entry's path. */
export function isWithin(path: string, location: string): boolean {
  return path === "/" ? location === "/" : location === path || location.startsWith(`${path}/`)
}
