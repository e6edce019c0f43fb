import { TextInput } from "@mantine/core"
import { IconTrash, IconX } from "@tabler/icons-react"
import { type FormEvent, useState } from "react"
import { call } from "../../../lib/api.ts"
import { useT } from "../../../lib/i18n.tsx"
import { useMembers } from "../../../lib/names.ts"
import { useList } from "../../../lib/records.ts"
import { useCan } from "../../../lib/session.tsx"
import { Button, IconButton } from "../../../ui/button.tsx"
import { Picker } from "../../../ui/fields/picker.tsx"
import { ListSkeleton } from "../../../ui/skeleton.tsx"
import { ErrorLine, ErrorState } from "../../../ui/states.tsx"
import { toast, useErrorToast } from "../../../ui/toast.tsx"
import styles from "./roles.module.css"
import { SavedInput } from "./saved-input.tsx"
import settings from "./settings.module.css"
import { type Team, useRefreshRights, useTeams } from "./use-rights.ts"

/** Teams: who works together, and where. Their records reach those whose role reaches the team's. */
export function TeamsSettings() {
  const t = useT()
  const mayChange = useCan("teams:update")
  const { data, error, refetch } = useTeams()
  if (error && !data) return <ErrorState error={error} retry={() => refetch()} />
  if (!data) return <ListSkeleton rows={3} avatar={false} />
  return (
    <section className={`${settings.section} ${settings.wide}`}>
      <p className={settings.note}>{t("settings.teams.text")}</p>
      {data.length === 0 && <p className={settings.note}>{t("settings.teams.none")}</p>}
      {data.length > 0 && (
        <ul className={settings.rows}>
          {data.map((team) => (
            <TeamItem key={team.id} team={team} mayChange={mayChange} />
          ))}
        </ul>
      )}
      {mayChange && <AddTeam />}
    </section>
  )
}

function useChange() {
  const showError = useErrorToast()
  const refresh = useRefreshRights()
  return (work: Promise<unknown>, text?: string) => {
    work.then(() => {
      if (text) toast({ text })
      return refresh()
    }, showError)
  }
}
function TeamItem({ team, mayChange }: { team: Team; mayChange: boolean }) {
  const t = useT()
  const { data: members } = useMembers()
  const change = useChange()
  const { id, name } = team
  const params = { id }
  const others = (members ?? []).filter((member) => member.active && !team.memberIds.includes(member.id))
  return (
    <li className={styles.team}>
      <div className={styles.teamHead}>
        {mayChange ? (
          <SavedInput
            label={t("settings.teams.name")}
            value={name}
            onSave={(next) => change(call("PATCH /teams/:id", { params, body: { name: next } }))}
          />
        ) : (
          <strong>{name}</strong>
        )}
        <LocationPicker
          team={team}
          disabled={!mayChange}
          onChange={(locationId) => change(call("PATCH /teams/:id", { params, body: { locationId } }))}
        />
        {mayChange && (
          <IconButton
            icon={IconTrash}
            label={t("settings.teams.delete", { name })}
            onClick={() =>
              change(call("DELETE /teams/:id", { params }), t("settings.teams.deleted", { name }))
            }
          />
        )}
      </div>
      <ul className={styles.members} aria-label={t("settings.teams.members", { name })}>
        {team.memberIds.map((memberId) => {
          const person = members?.find((member) => member.id === memberId)?.name ?? ""
          const leave = () =>
            change(call("DELETE /teams/:id/members/:memberId", { params: { id, memberId } }))
          return (
            <li key={memberId} className={styles.member}>
              {person}
              {mayChange && (
                <IconButton
                  icon={IconX}
                  label={t("settings.teams.takeOut", { name: person })}
                  onClick={leave}
                />
              )}
            </li>
          )
        })}
      </ul>
      {mayChange && others.length > 0 && (
        <Picker
          ariaLabel={t("settings.teams.addTo", { name })}
          placeholder={t("settings.teams.add")}
          value={null}
          options={others.map((member) => ({
            value: member.id,
            label: member.name,
            description: member.email,
          }))}
          onChange={(memberId) =>
            memberId && change(call("POST /teams/:id/members", { params, body: { memberId } }))
          }
        />
      )}
    </li>
  )
}

interface LocationPickerProps {
  team: Team
  disabled: boolean
  onChange: (id: string | null) => void
}
function LocationPicker({ team, disabled, onChange }: LocationPickerProps) {
  const t = useT()
  const maySee = useCan("locations:read")
  const { data } = useList("locations", { sort: ["name"], limit: 200 }, maySee)
  const options = (data?.data ?? []).map(({ id, name }) => ({ value: id, label: name }))
  if (options.length === 0) return <span />
  return (
    <Picker
      label={t("settings.teams.location")}
      placeholder={t("settings.teams.location.none")}
      clearable
      disabled={disabled}
      value={team.locationId}
      options={options}
      onChange={onChange}
    />
  )
}

function AddTeam() {
  const t = useT()
  const refresh = useRefreshRights()
  const [name, setName] = useState("")
  const [error, setError] = useState<unknown>(null)
  function add(event: FormEvent) {
    event.preventDefault()
    call("POST /teams", { body: { name: name.trim() } }).then(() => {
      setName("")
      setError(null)
      return refresh()
    }, setError)
  }
  return (
    <>
      <form className={settings.add} onSubmit={add}>
        <TextInput
          aria-label={t("settings.teams.new")}
          placeholder={t("settings.teams.new")}
          maxLength={80}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <Button type="submit" disabled={name.trim() === ""}>
          {t("action.add")}
        </Button>
      </form>
      {error !== null && <ErrorLine error={error} />}
    </>
  )
}
