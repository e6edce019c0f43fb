import type { EntityName } from "@regulars/contract/entities.ts"
import { entityLabel } from "@regulars/locales/labels.ts"
import type { MessageId, Translate } from "@regulars/locales/runtime.ts"
import {
  IconBuilding,
  IconCoins,
  IconNote,
  IconPackage,
  IconPhonePlus,
  IconPlus,
  IconReceipt,
  IconSquareCheck,
  IconUserPlus,
} from "@tabler/icons-react"
import { useEffect, useState } from "react"
import { type Beginning, type CreateEntry, registerCreate } from "../../../lib/commands.ts"
import { allEntities, isAboutOthers } from "../../../lib/declarations.ts"
import { useT, withTexts } from "../../../lib/i18n.tsx"
import { lazyPart } from "../../../lib/lazy-part.tsx"
import { useObjectTypes } from "../../../lib/own-fields.ts"
import { Later } from "../../../ui/later.tsx"

const load = () => import("./create-dialogs.tsx")
const CreateDialogs = lazyPart(() => withTexts(load, "duplicates"), "CreateDialogs", "soon")

/** Icons and keys of those that have some of their own. */
const looks: Partial<Record<EntityName, Pick<CreateEntry, "icon" | "keys">>> = {
  people: { icon: IconUserPlus, keys: "c p" },
  companies: { icon: IconBuilding, keys: "c c" },
  deals: { icon: IconCoins, keys: "c v" },
  orders: { icon: IconReceipt, keys: "c o" },
  products: { icon: IconPackage },
  tasks: { icon: IconSquareCheck, keys: "c t" },
  notes: { icon: IconNote, keys: "c n" },
  activities: { icon: IconPhonePlus, keys: "c a" },
}
/** What has a page of its own, and what is written about it. */
function creatable(t: Translate): (Omit<CreateEntry, "run" | "begin"> & { id: EntityName })[] {
  return allEntities().flatMap((entity) => {
    if (!entity.pages && !isAboutOthers(entity)) return []
    const id = entity.name as EntityName
    const label = (entity.object ? "entity.object.new" : `entity.${id}.new`) as MessageId
    const text = entityLabel(t, entity, "new")
    return [{ id, label, text, icon: IconPlus, permission: `${id}:create`, ...looks[id] }]
  })
}

/** Puts what can be created everywhere into the "+" menu, the palette and the shortcuts, and shows its dialog. */
export function QuickCreate() {
  const t = useT()
  const [opened, setOpened] = useState<{ what: EntityName; beginning?: Beginning } | null>(null)
  const types = useObjectTypes(false).data
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is declared changes with the types of objects
  useEffect(() => {
    const undo = creatable(t).map((entry) =>
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
