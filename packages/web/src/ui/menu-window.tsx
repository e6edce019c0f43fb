import { Menu as MantineMenu } from "@mantine/core"
import { IconCheck } from "@tabler/icons-react"
import { Anchor, useOpenedAfterMount } from "./anchor.tsx"
import { KeyHint } from "./key-hint.tsx"
import styles from "./menu.module.css"
import type { MenuEntry, MenuGroup, MenuPosition } from "./menu-entries.ts"

interface MenuWindowProps {
  /** `<id>-target` is the button's, `<id>-dropdown` becomes the window's. */
  id: string
  button: HTMLElement
  opened: boolean
  onChange: (opened: boolean) => void
  groups: readonly MenuGroup[]
  position: MenuPosition
}
/** What opens beside the button of a `Menu`; loaded with the first one. */
export function MenuWindow({ id, button, opened, onChange, groups, position }: MenuWindowProps) {
  return (
    <MantineMenu
      id={id}
      opened={useOpenedAfterMount(opened)}
      onChange={onChange}
      position={position}
      withInitialFocusPlaceholder={false}
      alignItemsLabels="none"
      classNames={{ itemIndicator: styles.indicator }}
    >
      <MantineMenu.Target>
        <Anchor at={button} />
      </MantineMenu.Target>
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
      rightSection={
        keys && (
          <span className={styles.keys}>
            <KeyHint keys={keys} />
          </span>
        )
      }
      onClick={run}
    >
      {words}
    </MantineMenu.Item>
  )
}
