import { Popover } from "@mantine/core"
import type { ReactNode } from "react"
import { Anchor, useOpenedAfterMount } from "./anchor.tsx"

export interface PopupWindowProps {
  at: HTMLElement
  opened: boolean
  onClose: () => void
  /** Accessible name. */
  label: string
  className?: string
  children: ReactNode
}
/** What opens beside the target of a `Popup`; loaded with the first one. */
export function PopupWindow({ at, opened, onClose, label, className, children }: PopupWindowProps) {
  return (
    <Popover
      opened={useOpenedAfterMount(opened)}
      onChange={(next) => !next && onClose()}
      position="bottom-start"
      width={360}
      withRoles={false}
      trapFocus
      returnFocus
      clickOutsideEvents={["mousedown"]}
    >
      <Popover.Target>
        <Anchor at={at} />
      </Popover.Target>
      <Popover.Dropdown className={className} role="dialog" aria-label={label}>
        {children}
      </Popover.Dropdown>
    </Popover>
  )
}
