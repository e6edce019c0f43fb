import type { Member } from "@regulars/contract/domains/workspace.endpoints.ts"
import { useQuery } from "@tanstack/react-query"
import { call } from "../../../lib/api.ts"
import { useLabels, useT } from "../../../lib/i18n.tsx"
import { Chip } from "../../../ui/chip.tsx"
import { Dialog } from "../../../ui/dialog.tsx"
import { ListSkeleton } from "../../../ui/skeleton.tsx"
import { ErrorLine } from "../../../ui/states.tsx"
import { RightsMatrix } from "./rights-matrix.tsx"
import settings from "./settings.module.css"
import { useRoleName, useRoles } from "./use-rights.ts"

interface MemberRightsProps {
  member: Member
  opened: boolean
  onClose: () => void
}
/** What a member sees and may do: their role as rights, their teams, what is shared with them. */
export function MemberRights({ member, opened, onClose }: MemberRightsProps) {
  const t = useT()
  return (
    <Dialog
      opened={opened}
      onClose={onClose}
      width={860}
      title={t("settings.members.rightsOf", { name: member.name })}
    >
      <RightsOf member={member} />
    </Dialog>
  )
}
function RightsOf({ member }: { member: Member }) {
  const roleName = useRoleName()
  const { data: roles } = useRoles()
  const { data, error, refetch } = useQuery({
    queryKey: ["members", "rights", member.id],
    queryFn: async ({ signal }) =>
      (await call("GET /members/:id/rights", { params: { id: member.id }, signal })).data,
  })
  if (error && !data) return <ErrorLine error={error} retry={() => refetch()} />
  if (!data || !roles) return <ListSkeleton rows={5} avatar={false} />
  return (
    <div className={settings.section} style={{ maxWidth: "none" }}>
      <div className={settings.name}>
        <Chip meaning="info">{roleName(data)}</Chip>
        {data.teams.map(({ id, name }) => (
          <Chip key={id}>{name}</Chip>
        ))}
      </div>
      {Object.entries(data.shared).map(([entity, count]) => (
        <SharedLine key={entity} entity={entity} count={count} />
      ))}
      <RightsMatrix rights={data.rights} catalogue={roles.catalogue} />
    </div>
  )
}
function SharedLine({ entity, count }: { entity: string; count: number }) {
  const t = useT()
  const labels = useLabels(entity)
  return (
    <p className={settings.note}>
      {t("settings.members.shared", { what: count === 1 ? labels.one : labels.other, count })}
    </p>
  )
}
