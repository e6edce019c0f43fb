import { type ReactNode, useState } from "react"
import { lazyPart } from "../lib/lazy-part.tsx"
import { Later } from "./later.tsx"
import type { PopupWindowProps } from "./popup-window.tsx"

const PopupWindow = lazyPart(() => import("./popup-window.tsx"), "PopupWindow", "soon")

interface PopupProps extends Omit<PopupWindowProps, "at"> {
  /** What it opens beside; opens and closes it. */
  target: ReactNode
  targetClassName?: string
}
/** A small window beside something: Esc or a click elsewhere closes it, the focus goes back to where it was. */
export function Popup({ target, targetClassName, ...rest }: PopupProps) {
  const [at, setAt] = useState<HTMLElement | null>(null)
  const [everOpened, setEverOpened] = useState(rest.opened)
  if (rest.opened && !everOpened) setEverOpened(true)
  return (
    <>
      <span ref={setAt} className={targetClassName}>
        {target}
      </span>
      {everOpened && at && (
        <Later opened={rest.opened} onClose={rest.onClose}>
          <PopupWindow at={at} {...rest} />
        </Later>
      )}
    </>
  )
}
