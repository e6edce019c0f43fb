import { type Role, roles } from "@regulars/contract/domains/workspace.ts"
import { useT } from "../../../lib/i18n.tsx"
import { useSession } from "../../../lib/session.tsx"
import { Picker } from "../../../ui/fields/picker.tsx"
import { useRoles } from "./use-rights.ts"

/** A built-in role, or the id of one of the workspace's own, as the server takes it. */
export type RoleChange = { role?: Role; roleId?: string }
export function roleChange(role: string): RoleChange {
  return roles.includes(role as Role) ? { role: role as Role } : { roleId: role }
}

interface RolePickerProps {
  /** A built-in role, or the id of one of the workspace's own. */
  value: string
  label: string
  onChange: (role: string) => void
  visibleLabel?: boolean
}
/** Chooses a role, each with a line that says what it may do. */
export function RolePicker({ value, label, onChange, visibleLabel }: RolePickerProps) {
  const t = useT()
  const mine = useSession().member?.role
  const { data } = useRoles()
  const canGive = (id: string) => data?.data.find((role) => role.id === id)?.canGive ?? true
  const offered = roles.filter((role) => (role !== "owner" || mine === "owner") && canGive(role))
  const own = (data?.data ?? []).filter((role) => !role.builtIn && role.canGive)
  const options = [
    ...roles
      .filter((role) => offered.includes(role) || role === value)
      .map((role) => ({ value: role, label: t(`role.${role}`), description: t(`role.${role}.about`) })),
    ...own.map((role) => ({
      value: role.id,
      label: role.name ?? "",
      description: t("settings.roles.from", { role: t(`role.${role.base}`) }),
    })),
  ]
  return (
    <Picker
      label={visibleLabel ? label : undefined}
      ariaLabel={label}
      value={value}
      shown={data?.data.find((role) => role.id === value)?.name ?? undefined}
      options={options}
      onChange={(role) => role && role !== value && onChange(role)}
    />
  )
}
