import { entityLabel } from "@regulars/locales/labels.ts"
import { IconKeyboard, IconLogout, IconTable } from "@tabler/icons-react"
import { useEffect } from "react"
import { useLocation } from "wouter"
import { useOpenableViews } from "../../domains/records/views/use-views.ts"
import { addressOf } from "../../domains/records/views/view-state.ts"
import { registerCommand, useCreateEntries } from "../../lib/commands.ts"
import { namedEntity } from "../../lib/declarations.ts"
import { useT } from "../../lib/i18n.tsx"
import { registerShortcut } from "../../lib/shortcuts.ts"
import { useSignOut } from "./account-menu.tsx"
import { everywhere } from "./navigation.ts"
import { useObjectEntries } from "./object-entries.tsx"

/** Commands and keys that work on every page: going to a page, creating, signing out. */
export function ShellCommands() {
  const t = useT()
  const [, navigate] = useLocation()
  const signOut = useSignOut()
  const createEntries = useCreateEntries()
  const objects = useObjectEntries()
  useEffect(() => {
    const undo = [...everywhere, ...objects].flatMap(({ path, label, text, icon, permission, key }) => {
      const run = () => navigate(path)
      const keys = key && `g ${key}`
      const group = t("keys.goTo")
      const command = registerCommand({
        id: `go:${path}`,
        label: text ?? t(label),
        group,
        icon,
        permission,
        keys,
        run,
      })
      return keys ? [command, registerShortcut({ keys, label, group: "goTo", run })] : [command]
    })
    return () => removeAll(undo)
  }, [t, navigate, objects])
  const views = useOpenableViews()
  useEffect(() => {
    const undo = views.map((view) =>
      registerCommand({
        id: `view:${view.id}`,
        label: `${entityLabel(t, namedEntity(view.entity))}: ${view.name}`,
        group: t("keys.goTo"),
        icon: IconTable,
        run: () => navigate(addressOf(view)),
      }),
    )
    return () => removeAll(undo)
  }, [t, navigate, views])
  // biome-ignore lint/correctness/useExhaustiveDependencies: signing out needs nothing that changes
  useEffect(
    () => registerCommand({ id: "signOut", label: t("shell.signOut"), icon: IconLogout, run: signOut }),
    [t],
  )
  useEffect(
    () =>
      registerCommand({
        id: "keys",
        label: t("keys.help"),
        icon: IconKeyboard,
        keys: "?",
        run: () => window.dispatchEvent(new KeyboardEvent("keydown", { key: "?" })),
      }),
    [t],
  )
  useEffect(() => {
    const undo = createEntries.flatMap(({ id, label, text, icon, keys, run }) => {
      const group = t("shell.create")
      const command = registerCommand({ id: `create:${id}`, label: text ?? t(label), group, icon, keys, run })
      return keys ? [command, registerShortcut({ keys, label, group: "general", run })] : [command]
    })
    return () => removeAll(undo)
  }, [t, createEntries])
  return null
}

function removeAll(removers: readonly (() => void)[]) {
  for (const remove of removers) remove()
}
