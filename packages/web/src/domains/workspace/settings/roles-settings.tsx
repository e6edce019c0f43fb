import { TextInput } from "@mantine/core"
import type { Rights } from "@regulars/contract/domains/rights.ts"
import { IconCopy, IconEye, IconPencil, IconTrash } from "@tabler/icons-react"
import { useState } from "react"
import { call } from "../../../lib/api.ts"
import { useT } from "../../../lib/i18n.tsx"
import { useCan } from "../../../lib/session.tsx"
import { Button, IconButton } from "../../../ui/button.tsx"
import { Chip } from "../../../ui/chip.tsx"
import { ListSkeleton } from "../../../ui/skeleton.tsx"
import { ErrorLine, ErrorState } from "../../../ui/states.tsx"
import { toast, useErrorToast } from "../../../ui/toast.tsx"
import { RightsMatrix } from "./rights-matrix.tsx"
import styles from "./roles.module.css"
import settings from "./settings.module.css"
import { type StoredRole, useRefreshRights, useRoles } from "./use-rights.ts"

/** Roles: the five built-in ones to look at and copy, the workspace's own to change. */
export function RolesSettings() {
  const t = useT()
  const { data, error, refetch } = useRoles()
  const [openedId, setOpenedId] = useState<string | null>(null)
  if (error && !data) return <ErrorState error={error} retry={() => refetch()} />
  if (!data) return <ListSkeleton rows={5} avatar={false} />
  const opened = data.data.find(({ id }) => id === openedId)
  if (opened)
    return (
      <RoleEditor
        key={opened.id}
        role={opened}
        catalogue={data.catalogue}
        onCopied={setOpenedId}
        onClose={() => setOpenedId(null)}
      />
    )
  return (
    <section className={`${settings.section} ${settings.wide}`}>
      <p className={settings.note}>{t("settings.roles.text")}</p>
      <ul className={settings.rows}>
        {data.data.map((role) => (
          <RoleRow key={role.id} role={role} onOpen={setOpenedId} />
        ))}
      </ul>
    </section>
  )
}

function useNameOfRole() {
  const t = useT()
  return (role: StoredRole) => role.name ?? t(`role.${role.base}`)
}
function RoleRow({ role, onOpen }: { role: StoredRole; onOpen: (id: string) => void }) {
  const t = useT()
  const name = useNameOfRole()(role)
  const copy = useCopyRole(onOpen)
  const showError = useErrorToast()
  const refresh = useRefreshRights()
  const mayChange = useCan("roles:update") && role.canGive
  const editable = mayChange && !role.builtIn
  const remove = () =>
    call("DELETE /roles/:id", { params: { id: role.id } }).then(() => {
      toast({ text: t("settings.roles.deleted", { name }) })
      return refresh()
    }, showError)
  const about = role.builtIn
    ? t(`role.${role.base}.about`)
    : t("settings.roles.from", { role: t(`role.${role.base}`) })
  return (
    <li className={settings.row}>
      <div className={settings.words}>
        <div className={settings.name}>
          {name}
          {role.builtIn && <Chip>{t("settings.roles.builtIn")}</Chip>}
        </div>
        <div className={settings.sub}>
          {about} · {t("settings.roles.members", { count: role.members })}
        </div>
      </div>
      <IconButton
        icon={editable ? IconPencil : IconEye}
        label={t(editable ? "settings.roles.edit" : "settings.roles.look", { name })}
        onClick={() => onOpen(role.id)}
      />
      {mayChange && (
        <IconButton icon={IconCopy} label={t("settings.roles.copyOf", { name })} onClick={() => copy(role)} />
      )}
      {editable && role.members === 0 && (
        <IconButton icon={IconTrash} label={t("settings.roles.delete", { name })} onClick={remove} />
      )}
    </li>
  )
}

function useCopyRole(onCopied: (id: string) => void) {
  const t = useT()
  const { data } = useRoles()
  const nameOf = useNameOfRole()
  const showError = useErrorToast()
  const refresh = useRefreshRights()
  return async (role: StoredRole) => {
    const taken = new Set(data?.data.map((one) => one.name))
    const name = (number: number) => t("settings.roles.copyName", { name: nameOf(role), number })
    let number = 1
    while (taken.has(name(number))) number++
    try {
      const made = await call("POST /roles", { body: { name: name(number).slice(0, 80), copyOf: role.id } })
      await refresh()
      onCopied(made.data.id)
    } catch (error) {
      showError(error)
    }
  }
}

interface EditorProps {
  role: StoredRole
  catalogue: { areas: string[]; actions: string[] }
  onCopied: (id: string) => void
  onClose: () => void
}
function RoleEditor({ role, catalogue, onCopied, onClose }: EditorProps) {
  const t = useT()
  const refresh = useRefreshRights()
  const copy = useCopyRole(onCopied)
  const mayChange = useCan("roles:update") && role.canGive
  const editable = mayChange && !role.builtIn
  const title = useNameOfRole()(role)
  const [name, setName] = useState(title)
  const [rights, setRights] = useState<Rights>(role.rights)
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<unknown>(null)
  async function save() {
    setBusy(true)
    setError(null)
    try {
      await call("PATCH /roles/:id", { params: { id: role.id }, body: { name: name.trim(), rights } })
      await refresh()
      toast({ text: t("settings.roles.saved", { name: name.trim() }) })
      onClose()
    } catch (problem) {
      setError(problem)
    } finally {
      setBusy(false)
    }
  }
  return (
    <section className={`${settings.section} ${settings.wide}`} aria-label={title}>
      <div className={styles.bar}>
        {editable ? (
          <TextInput
            label={t("settings.roles.name")}
            value={name}
            maxLength={80}
            onChange={(event) => setName(event.currentTarget.value)}
          />
        ) : (
          <h2>{title}</h2>
        )}
        <Button onClick={onClose}>{t(editable ? "action.cancel" : "action.close")}</Button>
        {editable ? (
          <Button kind="primary" loading={busy} disabled={name.trim() === ""} onClick={save}>
            {t("action.save")}
          </Button>
        ) : (
          mayChange && (
            <Button kind="primary" icon={IconCopy} onClick={() => copy(role)}>
              {t("settings.roles.copy")}
            </Button>
          )
        )}
      </div>
      {role.builtIn && <p className={settings.note}>{t("settings.roles.fixed")}</p>}
      {error !== null && <ErrorLine error={error} />}
      <RightsMatrix rights={rights} catalogue={catalogue} onChange={editable ? setRights : undefined} />
    </section>
  )
}
