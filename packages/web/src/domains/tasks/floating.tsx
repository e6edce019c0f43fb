import { Popover, VisuallyHidden } from "@mantine/core"
import { type ReactNode, useState } from "react"
import styles from "./tasks.module.css"

interface FloatingProps {
  name: "due" | "assignee"
  label: string
  shown: ReactNode
  children: (close: () => void) => ReactNode
}
/** A value that opens its editor above the row; Esc closes it and the focus goes back. */
export function Floating({ name, label, shown, children }: FloatingProps) {
  const [opened, setOpened] = useState(false)
  return (
    <Popover
      opened={opened}
      onChange={setOpened}
      position="bottom-end"
      trapFocus
      returnFocus
      withRoles={false}
    >
      <Popover.Target>
        <button
          type="button"
          className={styles.control}
          aria-expanded={opened}
          {...{ [`data-task-${name}`]: "" }}
          onClick={() => setOpened(!opened)}
        >
          <VisuallyHidden>{label}</VisuallyHidden>
          {shown}
        </button>
      </Popover.Target>
      <Popover.Dropdown role="dialog" aria-label={label}>
        {children(() => setOpened(false))}
      </Popover.Dropdown>
    </Popover>
  )
}
