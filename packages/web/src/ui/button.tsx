import { ActionIcon, type ActionIconProps, Button as MantineButton } from "@mantine/core"
import type { ComponentPropsWithRef } from "react"
import type { Icon } from "../lib/commands.ts"
import { KeyHint } from "./key-hint.tsx"
import { useTooltip } from "./tooltip.tsx"

/** `primary` once on a page, for what it is there for; everything else is `default` or `subtle`. */
export type ButtonKind = "primary" | "default" | "subtle" | "danger"
const variants = { primary: "filled", default: "default", subtle: "subtle", danger: "outline" } as const

export interface ButtonProps extends Omit<ComponentPropsWithRef<"button">, "color"> {
  kind?: ButtonKind
  icon?: Icon
  loading?: boolean
  fullWidth?: boolean
}
export function Button({ kind = "default", icon: Mark, children, type = "button", ...rest }: ButtonProps) {
  return (
    <MantineButton
      {...rest}
      type={type}
      variant={variants[kind]}
      color={kind === "danger" ? "var(--late)" : kind === "subtle" ? "gray" : undefined}
      leftSection={Mark && <Mark size={16} stroke={1.5} />}
    >
      {children}
    </MantineButton>
  )
}

export interface IconButtonProps
  extends Omit<ComponentPropsWithRef<"button">, "color" | "aria-label">,
    Pick<ActionIconProps, "size" | "loading"> {
  icon: Icon
  /** Accessible name and tooltip. */
  label: string
  keys?: string
  active?: boolean
}
export function IconButton({ icon: Mark, label, keys, active, type = "button", ...rest }: IconButtonProps) {
  const { tooltip, onPointerEnter } = useTooltip(
    <>
      {label}
      {keys && <KeyHint keys={keys} />}
    </>,
  )
  return (
    <>
      <ActionIcon
        {...rest}
        onPointerEnter={onPointerEnter}
        type={type}
        aria-label={label}
        variant={active ? "light" : "subtle"}
        color={active ? undefined : "gray"}
      >
        <Mark size={18} stroke={1.5} />
      </ActionIcon>
      {tooltip}
    </>
  )
}
