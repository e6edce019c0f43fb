import { Modal as MantineModal } from "@mantine/core"
import type { ReactNode } from "react"
import { useT } from "../lib/i18n.tsx"

export interface ModalProps {
  opened: boolean
  onClose: () => void
  title: string
  children: ReactNode
  /** Pixels. */
  width: number
}
/** The window of a dialog; loaded with the first one that opens. Use `Dialog`. */
export function Modal({ opened, onClose, title, children, width }: ModalProps) {
  const t = useT()
  return (
    <MantineModal
      opened={opened}
      onClose={onClose}
      title={title}
      size={width}
      closeButtonProps={{ "aria-label": t("action.close") }}
    >
      {children}
    </MantineModal>
  )
}
