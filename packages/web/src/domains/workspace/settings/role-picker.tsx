import { type Role, roles } from "@regulars/contract/domains/workspace.ts"
import { useT } from "../../../lib/i18n.tsx"
import { useSession } from "../../../lib/session.tsx"
import { Picker } from "../../../ui/fields/picker.tsx"

/** Chooses a role, each with a line that says what it may do. */
export function RolePicker({
  value,
  label,
  onChange,
  visibleLabel,
}: {
  value: Role
  label: string
  onChange: (role: Role) => void
  visibleLabel?: boolean
}) {
  const t = useT()
  const mine = useSession().member?.role
  const offered = roles.filter((role) => role !== "owner" || mine === "owner" || value === "owner")
  return (
    <Picker
      label={visibleLabel ? label : undefined}
      ariaLabel={label}
      value={value}
      options={offered.map((role) => ({
        value: role,
        label: t(`role.${role}`),
        description: t(`role.${role}.about`),
      }))}
      onChange={(role) => role && role !== value && onChange(role as Role)}
    />
  )
}
