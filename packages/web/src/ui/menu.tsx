import { Menu as MantineMenu } from "@mantine/core"
import { IconCheck } from "@tabler/icons-react"
import type { ReactElement } from "react"
import type { Icon } from "../lib/commands.ts"
import { KeyHint } from "./key-hint.tsx"
import styles from "./menu.module.css"

export interface MenuEntry {
  id: string
  label: string
  icon?: Icon
  keys?: string
  danger?: boolean
  disabled?: boolean
  /** Makes it one of several of which one is chosen. */
  checked?: boolean
  run: () => void
}
/** Entries of a group stand under its heading. */
export interface MenuGroup {
  heading?: string
  entries: readonly MenuEntry[]
}

/** A button's menu; arrow keys, first letters and Esc work as everywhere. `target` must take a ref. */
export function Menu({
  target,
  groups,
  position = "bottom-end",
}: {
  target: ReactElement
  groups: readonly MenuGroup[]
  position?: "bottom-end" | "bottom-start" | "top-start" | "top-end"
}) {
  return (
    <MantineMenu
      position={position}
      withInitialFocusPlaceholder={false}
      alignItemsLabels="none"
      classNames={{ itemIndicator: styles.indicator }}
    >
      <MantineMenu.Target>{target}</MantineMenu.Target>
      <MantineMenu.Dropdown>
        {groups
          .filter((group) => group.entries.length > 0)
          .map((group, index) => (
            // biome-ignore lint/a11y/useSemanticElements: a fieldset has no place in a menu
            <div key={group.heading ?? group.entries[0]?.id} role="group" aria-label={group.heading}>
              {index > 0 && <MantineMenu.Divider />}
              {group.heading && <MantineMenu.Label aria-hidden="true">{group.heading}</MantineMenu.Label>}
              {group.entries.map((entry) => (
                <Entry key={entry.id} entry={entry} />
              ))}
            </div>
          ))}
      </MantineMenu.Dropdown>
    </MantineMenu>
  )
}

function Entry({
  entry: { id, label, icon: Mark, keys, danger, disabled, checked, run },
}: {
  entry: MenuEntry
}) {
  const words = (
    <span className={styles.entry}>
      {Mark && <Mark size={16} stroke={1.5} />}
      {label}
    </span>
  )
  if (checked !== undefined)
    return (
      <MantineMenu.RadioItem
        value={id}
        checked={checked}
        disabled={disabled}
        closeMenuOnClick
        checkIcon={<IconCheck size={16} stroke={1.75} />}
        onClick={run}
      >
        {words}
      </MantineMenu.RadioItem>
    )
  return (
    <MantineMenu.Item
      disabled={disabled}
      color={danger ? "var(--late)" : undefined}
      rightSection={keys && <KeyHint keys={keys} />}
      onClick={run}
    >
      {words}
    </MantineMenu.Item>
  )
}
