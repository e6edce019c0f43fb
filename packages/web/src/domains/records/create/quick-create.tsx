import type { ObjectName } from "@regulars/contract/kernel/own-objects.ts"
import {
  IconBuilding,
  IconNote,
  IconPhonePlus,
  IconPlus,
  IconSquareCheck,
  IconUserPlus,
} from "@tabler/icons-react"
import { useEffect, useState } from "react"
import { type Beginning, type CreateEntry, registerCreate } from "../../../lib/commands.ts"
import { useT, withTexts } from "../../../lib/i18n.tsx"
import { lazyPart } from "../../../lib/lazy-part.tsx"
import { useObjectTypes } from "../../../lib/own-fields.ts"
import { Later } from "../../../ui/later.tsx"
import type { Creatable } from "./create-dialogs.tsx"

const load = () => import("./create-dialogs.tsx")
const CreateDialogs = lazyPart(() => withTexts(load, "duplicates"), "CreateDialogs", "soon")

const entries: readonly (Omit<CreateEntry, "id" | "run" | "begin"> & { id: Creatable })[] = [
  { id: "people", label: "entity.people.new", icon: IconUserPlus, keys: "c p", permission: "people:create" },
  {
    id: "companies",
    label: "entity.companies.new",
    icon: IconBuilding,
    keys: "c c",
    permission: "companies:create",
  },
  { id: "tasks", label: "entity.tasks.new", icon: IconSquareCheck, keys: "c t", permission: "tasks:create" },
  { id: "notes", label: "entity.notes.new", icon: IconNote, keys: "c n", permission: "notes:create" },
  {
    id: "activities",
    label: "entity.activities.new",
    icon: IconPhonePlus,
    keys: "c a",
    permission: "activities:create",
  },
]

/** Puts what can be created everywhere into the "+" menu, the palette and the shortcuts, and shows its dialog. */
export function QuickCreate() {
  const t = useT()
  const [opened, setOpened] = useState<{ what: Creatable; beginning?: Beginning } | null>(null)
  const types = useObjectTypes(false).data
  useEffect(() => {
    const objects = (types ?? []).map(({ entity, one }) => ({
      id: entity as ObjectName,
      label: "entity.object.new" as const,
      text: t("entity.object.new", { one }),
      icon: IconPlus,
      permission: `${entity}:create`,
    }))
    const undo = [...entries, ...objects].map((entry) =>
      registerCreate({
        ...entry,
        run: () => setOpened({ what: entry.id }),
        begin: (beginning) => setOpened({ what: entry.id, beginning }),
      }),
    )
    return () => {
      for (const remove of undo) remove()
    }
  }, [t, types])
  if (!opened) return null
  return (
    <Later onClose={() => setOpened(null)}>
      <CreateDialogs {...opened} close={() => setOpened(null)} />
    </Later>
  )
}
