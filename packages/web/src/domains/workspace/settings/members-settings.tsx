import type { Member } from "@regulars/contract/domains/workspace.endpoints.ts"
import {
  IconDots,
  IconHistory,
  IconLink,
  IconShieldCheck,
  IconUserCheck,
  IconUserOff,
} from "@tabler/icons-react"
import { useQueryClient } from "@tanstack/react-query"
import { useState } from "react"
import { call } from "../../../lib/api.ts"
import { formatInstant } from "../../../lib/format.ts"
import { useFormats, useT } from "../../../lib/i18n.tsx"
import { useMembers } from "../../../lib/names.ts"
import { keys } from "../../../lib/query.ts"
import { useCan, useSession } from "../../../lib/session.tsx"
import { Avatar } from "../../../ui/avatar.tsx"
import { IconButton } from "../../../ui/button.tsx"
import { Chip } from "../../../ui/chip.tsx"
import { Dialog } from "../../../ui/dialog.tsx"
import { Menu } from "../../../ui/menu.tsx"
import { ListSkeleton } from "../../../ui/skeleton.tsx"
import { ErrorState } from "../../../ui/states.tsx"
import { toast, useErrorToast } from "../../../ui/toast.tsx"
import { Invitations } from "./invitations.tsx"
import { MemberRights } from "./member-rights.tsx"
import { MemberSignIns } from "./member-sign-ins.tsx"
import { type RoleChange, RolePicker, roleChange } from "./role-picker.tsx"
import { type Secret, SecretDialog } from "./secret-dialog.tsx"
import styles from "./settings.module.css"
import { useRoleName } from "./use-rights.ts"

/** The team: roles, deactivation, password links, invitations. */
export function MembersSettings() {
  const mayChange = useCan("members:update")
  const [secret, setSecret] = useState<Secret | null>(null)
  const { data, error, refetch } = useMembers()
  if (error && !data) return <ErrorState error={error} retry={() => refetch()} />
  if (!data) return <ListSkeleton rows={4} />
  return (
    <>
      <section className={`${styles.section} ${styles.wide}`}>
        <ul className={styles.rows}>
          {data.map((member) => (
            <MemberRow key={member.id} member={member} mayChange={mayChange} onSecret={setSecret} />
          ))}
        </ul>
      </section>
      {mayChange && <Invitations onSecret={setSecret} />}
      <SecretDialog secret={secret} onClose={() => setSecret(null)} />
    </>
  )
}

interface MemberRowProps {
  member: Member
  mayChange: boolean
  onSecret: (secret: Secret) => void
}
function MemberRow({ member, mayChange, onSecret }: MemberRowProps) {
  const t = useT()
  const formats = useFormats()
  const session = useSession()
  const roleName = useRoleName()
  const isMe = member.id === session.member?.id
  const change = useChangeMember()
  // Only an owner may touch an owner; the server says so as well.
  const open = mayChange && !isMe && (member.role !== "owner" || session.member?.role === "owner")
  const seen = member.lastSeenAt
    ? t("settings.sessions.seen", { when: formatInstant(member.lastSeenAt, t, formats) })
    : t("settings.members.neverSeen")
  return (
    <li className={styles.row}>
      <Avatar name={member.name} size={32} />
      <div className={styles.words}>
        <div className={styles.name}>
          {member.name}
          {isMe && <Chip>{t("settings.members.you")}</Chip>}
          {!member.active && <Chip meaning="soon">{t("settings.members.inactive")}</Chip>}
        </div>
        <div className={styles.sub}>
          {member.email} · {seen}
        </div>
      </div>
      {open ? (
        <>
          <div className={styles.role}>
            <RolePicker
              value={member.roleId ?? member.role}
              label={t("settings.members.roleOf", { name: member.name })}
              onChange={(role) => change(member, roleChange(role))}
            />
          </div>
          <MemberMenu member={member} onSecret={onSecret} onChange={(active) => change(member, { active })} />
        </>
      ) : (
        <Chip>{roleName(member)}</Chip>
      )}
    </li>
  )
}

type Change = RoleChange & { active?: boolean }
function useChangeMember() {
  const t = useT()
  const roleName = useRoleName()
  const client = useQueryClient()
  const showError = useErrorToast()
  async function change(member: Member, changes: Change, silent = false) {
    try {
      await call("PATCH /members/:id", { params: { id: member.id }, body: changes })
      await client.invalidateQueries({ queryKey: keys.members })
    } catch (error) {
      showError(error)
      return
    }
    if (silent) return
    const { name } = member
    const hasRole = changes.role !== undefined || changes.roleId !== undefined
    const back = hasRole ? roleChange(member.roleId ?? member.role) : { active: member.active }
    const given = { role: changes.role ?? member.role, roleId: changes.roleId ?? null }
    toast({
      text: hasRole
        ? t("settings.members.roleChanged", { name, role: roleName(given) })
        : t(changes.active ? "settings.members.reactivated" : "settings.members.deactivated", { name }),
      undo: () => change(member, back, true),
    })
  }
  return change
}

interface MemberMenuProps {
  member: Member
  onSecret: (secret: Secret) => void
  onChange: (active: boolean) => void
}
function MemberMenu({ member, onSecret, onChange }: MemberMenuProps) {
  const t = useT()
  const formats = useFormats()
  const showError = useErrorToast()
  const { name, active } = member
  const [opened, setOpened] = useState<"rights" | "signIns" | null>(null)
  const close = () => setOpened(null)
  const makeLink = () => {
    call("POST /members/:id/reset-link", { params: { id: member.id } }).then(
      ({ data }) =>
        onSecret({
          title: t("settings.members.resetLink.title", { name }),
          text: t("settings.members.resetLink.text"),
          secret: data.url,
          note: t("settings.members.linkExpires", { when: formatInstant(data.expiresAt, t, formats) }),
        }),
      showError,
    )
  }
  const link = { id: "link", label: t("settings.members.resetLink"), icon: IconLink, run: makeLink }
  const activity = active
    ? { id: "off", label: t("settings.members.deactivate"), icon: IconUserOff, run: () => onChange(false) }
    : { id: "on", label: t("settings.members.reactivate"), icon: IconUserCheck, run: () => onChange(true) }
  const rights = {
    id: "rights",
    label: t("settings.members.rights"),
    icon: IconShieldCheck,
    run: () => setOpened("rights"),
  }
  const signIns = {
    id: "sign-ins",
    label: t("settings.signIns"),
    icon: IconHistory,
    run: () => setOpened("signIns"),
  }
  return (
    <>
      <Menu
        target={<IconButton icon={IconDots} label={t("settings.members.actions", { name })} />}
        groups={[{ entries: active ? [rights, signIns, link, activity] : [rights, signIns, activity] }]}
      />
      <MemberRights member={member} opened={opened === "rights"} onClose={close} />
      <Dialog opened={opened === "signIns"} onClose={close} title={t("settings.signIns.of", { name })}>
        <MemberSignIns member={member} onTakenOff={close} />
      </Dialog>
    </>
  )
}
