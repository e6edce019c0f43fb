import { cloneElement, type HTMLAttributes, type ReactElement, type Ref, useId, useState } from "react"
import { lazyPart } from "../lib/lazy-part.tsx"
import { Later } from "./later.tsx"
import type { MenuGroup, MenuPosition } from "./menu-entries.ts"

const MenuWindow = lazyPart(() => import("./menu-window.tsx"), "MenuWindow", "soon")

interface MenuProps {
  target: ReactElement
  groups: readonly MenuGroup[]
  position?: MenuPosition
}
/** A button's menu; arrow keys, first letters and Esc work as everywhere. `target` must take a ref. */
export function Menu({ target, groups, position = "bottom-end" }: MenuProps) {
  const id = useId()
  const [opened, setOpened] = useState(false)
  const [wanted, setWanted] = useState(false)
  const [button, setButton] = useState<HTMLElement | null>(null)
  const toggle = () => {
    setWanted(true)
    setOpened(!opened)
  }
  return (
    <>
      {cloneElement(target as ReactElement<HTMLAttributes<HTMLElement> & { ref: Ref<HTMLElement> }>, {
        ref: setButton,
        id: `${id}-target`,
        onClick: toggle,
        "aria-haspopup": "menu",
        "aria-expanded": opened,
        "aria-controls": opened ? `${id}-dropdown` : undefined,
      })}
      {wanted && button && (
        <Later opened={opened} onClose={() => setOpened(false)}>
          <MenuWindow
            id={id}
            button={button}
            opened={opened}
            onChange={setOpened}
            groups={groups}
            position={position}
          />
        </Later>
      )}
    </>
  )
}
