import type { EntityName } from "@regulars/contract/entities.ts"
import type { AccessEntry, RecordAccess, Share } from "@regulars/contract/kernel/access-endpoints.ts"
import { IconX } from "@tabler/icons-react"
import { useQuery, useQueryClient } from "@tanstack/react-query"
import { useState } from "react"
import { call, request } from "../../../lib/api.ts"
import { useT } from "../../../lib/i18n.tsx"
import { useMembers } from "../../../lib/names.ts"
import { keys } from "../../../lib/query.ts"
import { Avatar } from "../../../ui/avatar.tsx"
import { Button, IconButton } from "../../../ui/button.tsx"
import { Chip } from "../../../ui/chip.tsx"
import { Dialog } from "../../../ui/dialog.tsx"
import { Picker } from "../../../ui/fields/picker.tsx"
import { NativeSelect } from "../../../ui/native-select.tsx"
import { ListSkeleton } from "../../../ui/skeleton.tsx"
import { ErrorLine } from "../../../ui/states.tsx"
import { toast, useErrorToast } from "../../../ui/toast.tsx"
import styles from "./access.module.css"

interface AccessDialogProps {
  entity: EntityName
  id: string
  name: string
  /** Which of both is wanted; null keeps it closed. */
  part: "access" | "share" | null
  onClose: () => void
}
/** Who sees a record and why, and with whom it is shared. */
export function AccessDialog({ entity, id, name, part, onClose }: AccessDialogProps) {
  const t = useT()
  const title = t(part === "share" ? "record.share.title" : "record.access.title", { name })
  return (
    <Dialog opened={part !== null} onClose={onClose} title={title}>
      <Access entity={entity} id={id} part={part} />
    </Dialog>
  )
}

function Access({ entity, id, part }: Pick<AccessDialogProps, "entity" | "id" | "part">) {
  const { data, error, refetch } = useQuery({
    queryKey: [...keys.one(entity, id), "access"],
    queryFn: async ({ signal }) =>
      ((await request(`GET /${entity}/:id/access`, { params: { id }, signal })) as { data: RecordAccess })
        .data,
  })
  if (error && !data) return <ErrorLine error={error} retry={() => refetch()} />
  if (!data) return <ListSkeleton rows={4} />
  return part === "share" ? (
    <Sharing entity={entity} id={id} shares={data.shares} />
  ) : (
    <ul className={styles.rows}>
      {data.members.map((member) => (
        <Seer key={member.id} member={member} />
      ))}
    </ul>
  )
}
function Seer({ member }: { member: AccessEntry }) {
  const t = useT()
  const role = member.roleName ?? t.find(`role.${member.role}`) ?? member.role
  return (
    <li className={styles.row}>
      <Avatar name={member.name} size={28} />
      <span className={styles.words}>
        <strong>{member.name}</strong>
        <span className={styles.why}>
          {role} · {t(`record.access.via.${member.via}`)}
        </span>
      </span>
      <Chip meaning={member.edit ? "info" : undefined}>
        {t(member.edit ? "record.access.edit" : "record.access.see")}
      </Chip>
    </li>
  )
}

/** Members and teams a record can be shared with, as `member:<id>` and `team:<id>`. */
function useReceivers(shares: readonly Share[]) {
  const t = useT()
  const { data: members } = useMembers()
  const { data: teams } = useQuery({
    queryKey: ["teams"],
    queryFn: async ({ signal }) => (await call("GET /teams", { signal })).data,
  })
  const nameOf = ({ memberId, teamId }: Pick<Share, "memberId" | "teamId">) =>
    (memberId ? members?.find(({ id }) => id === memberId) : teams?.find(({ id }) => id === teamId))?.name ??
    ""
  const taken = new Set(shares.flatMap(({ memberId, teamId }) => [memberId, teamId]))
  const options = [
    ...(teams ?? []).map(({ id, name }) => ({
      value: `team:${id}`,
      label: name,
      group: t("record.share.teams"),
    })),
    ...(members ?? [])
      .filter(({ active }) => active)
      .map(({ id, name, email }) => ({
        value: `member:${id}`,
        label: name,
        description: email,
        group: t("record.share.members"),
      })),
  ].filter(({ value }) => !taken.has(value.split(":")[1] as string))
  return { nameOf, options }
}

function Sharing({ entity, id, shares }: { entity: EntityName; id: string; shares: readonly Share[] }) {
  const t = useT()
  const client = useQueryClient()
  const showError = useErrorToast()
  const { nameOf, options } = useReceivers(shares)
  const [receiver, setReceiver] = useState<string | null>(null)
  const [access, setAccess] = useState("see")
  const run = (work: Promise<unknown>, text: string) =>
    work.then(() => {
      toast({ text })
      return client.invalidateQueries({ queryKey: keys.one(entity, id) })
    }, showError)
  function share() {
    const [kind, receiverId] = (receiver ?? "").split(":") as [string, string]
    const body = { ...(kind === "team" ? { teamId: receiverId } : { memberId: receiverId }), access }
    const name = options.find(({ value }) => value === receiver)?.label ?? ""
    setReceiver(null)
    void run(
      request(`POST /${entity}/:id/shares`, { params: { id }, body }),
      t("record.share.done", { name }),
    )
  }
  const end = (one: Share) =>
    run(
      request(`DELETE /${entity}/:id/shares/:shareId`, { params: { id, shareId: one.id } }),
      t("record.share.ended", { name: nameOf(one) }),
    )
  const levels = (["see", "edit"] as const).map((value) => ({ value, label: t(`record.access.${value}`) }))
  return (
    <>
      <div className={styles.form}>
        <Picker
          label={t("record.share.with")}
          placeholder={t("record.share.choose")}
          value={receiver}
          options={options}
          onChange={setReceiver}
        />
        <NativeSelect
          always
          label={t("record.share.may")}
          ariaLabel={t("record.share.may")}
          value={access}
          options={levels}
          onChange={setAccess}
        />
        <Button kind="primary" disabled={!receiver} onClick={share}>
          {t("record.share")}
        </Button>
      </div>
      {shares.length === 0 ? (
        <p className={styles.why}>{t("record.share.none")}</p>
      ) : (
        <ul className={styles.rows}>
          {shares.map((one) => (
            <li key={one.id} className={styles.row}>
              <span className={styles.words}>
                <strong>{nameOf(one)}</strong>
              </span>
              <Chip>{t(`record.access.${one.access}`)}</Chip>
              <IconButton
                icon={IconX}
                label={t("record.share.end", { name: nameOf(one) })}
                onClick={() => void end(one)}
              />
            </li>
          ))}
        </ul>
      )}
    </>
  )
}
