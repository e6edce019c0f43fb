import { Modal as MantineModal } from "@mantine/core"
import { type ReactNode, useEffect, useState } from "react"
import { useT } from "../lib/i18n.tsx"
import { useOpenedAfterMount } from "./anchor.tsx"

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
  useFocusBack(opened)
  return (
    <MantineModal
      opened={useOpenedAfterMount(opened)}
      onClose={onClose}
      title={title}
      size={width}
      closeButtonProps={{ "aria-label": t("action.close") }}
    >
      {children}
    </MantineModal>
  )
}

/** Mantine takes the focus back from a window that closes, but not from one that goes with the part that showed it. */
function useFocusBack(opened: boolean) {
  const [before] = useState(() => (opened ? document.activeElement : null))
  useEffect(
    () => () => {
      const isLost = document.activeElement === document.body
      if (isLost && before instanceof HTMLElement && before.isConnected) before.focus({ preventScroll: true })
    },
    [before],
  )
}
