import type { ObjectIcon } from "@regulars/contract/kernel/object-icons.ts"
import { useMemo } from "react"
import type { Icon } from "../../lib/commands.ts"
import { lazyPart } from "../../lib/lazy-part.tsx"
import { useObjectTypes } from "../../lib/own-fields.ts"
import { Later } from "../../ui/later.tsx"
import type { NavigationEntry } from "./navigation.ts"

const ObjectMark = lazyPart(() => import("../../domains/objects/object-mark.tsx"), "ObjectMark")
const marks = new Map<ObjectIcon, Icon>()
/** The icon as a part, one for each name, so that it is not drawn anew. */
function markOf(name: ObjectIcon): Icon {
  const known = marks.get(name)
  if (known) return known
  const mark: Icon = ({ size = 18 }) => (
    <Later fallback={<span style={{ width: size, height: size }} />}>
      <ObjectMark name={name} size={Number(size)} />
    </Later>
  )
  marks.set(name, mark)
  return mark
}

/** The workspace's own objects as entries of the navigation. */
export function useObjectEntries(): readonly NavigationEntry[] {
  const { data } = useObjectTypes(false)
  return useMemo(
    () =>
      (data ?? []).map(({ entity, many, icon }) => ({
        path: `/${entity}`,
        label: "shell.group.know" as const,
        text: many,
        icon: markOf(icon),
      })),
    [data],
  )
}
