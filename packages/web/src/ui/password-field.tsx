import { PasswordInput, type PasswordInputProps } from "@mantine/core"
import { useT } from "../lib/i18n.tsx"

/** A password that can be looked at while it is typed. */
export function PasswordField(props: PasswordInputProps) {
  const t = useT()
  return (
    <PasswordInput
      {...props}
      description={props.error ? undefined : props.description}
      inputWrapperOrder={["label", "input", "description", "error"]}
      visibilityToggleButtonProps={{ "aria-label": t("input.password.show"), tabIndex: 0 }}
    />
  )
}
