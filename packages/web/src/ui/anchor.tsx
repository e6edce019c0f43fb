import { type Ref, useEffect, useImperativeHandle, useState } from "react"

/**
 * Stands for an element that is drawn elsewhere, where Mantine wants the one its window is placed beside:
 * `<Popover.Target><Anchor at={element} /></Popover.Target>`. So that element is there before Mantine's part is loaded.
 */
export function Anchor({ at, ref }: { at: HTMLElement; ref?: Ref<HTMLElement> }) {
  useImperativeHandle(ref, () => at, [at])
  return null
}

/** `opened`, one paint late: Mantine only remembers where the focus was for what opens after it is there. */
export function useOpenedAfterMount(opened: boolean): boolean {
  const [isOpen, setOpen] = useState(false)
  useEffect(() => setOpen(opened), [opened])
  return isOpen
}
