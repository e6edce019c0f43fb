import { Tooltip } from "@mantine/core"
import type { ReactNode } from "react"

export interface TooltipWindowProps {
  target: HTMLElement
  label: ReactNode
  position?: "top" | "right"
}
/** What `useTooltip` shows; loaded with the first one. */
export function TooltipWindow(props: TooltipWindowProps) {
  return <Tooltip {...props} />
}
