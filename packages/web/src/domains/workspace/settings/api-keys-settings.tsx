import { TextInput } from "@mantine/core"
import { IconPlus } from "@tabler/icons-react"
import { useQuery, useQueryClient } from "@tanstack/react-query"
import { useState } from "react"
import { call } from "../../../lib/api.ts"
import { formatInstant } from "../../../lib/format.ts"
import { useFormats, useT } from "../../../lib/i18n.tsx"
import { useMembers } from "../../../lib/names.ts"
import { useSession } from "../../../lib/session.tsx"
import { Button } from "../../../ui/button.tsx"
import { Chip } from "../../../ui/chip.tsx"
import { ConfirmDialog, Dialog } from "../../../ui/dialog.tsx"
import { Form, useSubmit } from "../../../ui/form.tsx"
import { ListSkeleton } from "../../../ui/skeleton.tsx"
import { EmptyState, ErrorState } from "../../../ui/states.tsx"
import { toast } from "../../../ui/toast.tsx"
import { ChoiceGroup } from "./choice-group.tsx"
import { type Secret, SecretDialog } from "./secret-dialog.tsx"
import styles from "./settings.module.css"

const key = ["api-keys"]
interface Known {
  id: string
  name: string
}

/** Keys for other programs: made with a purpose, shown once, revoked here. */
export function ApiKeysSettings() {
  const t = useT()
  const client = useQueryClient()
  const [making, setMaking] = useState(false)
  const [secret, setSecret] = useState<Secret | null>(null)
  const [revoking, setRevoking] = useState<Known | null>(null)
  const { data, error, refetch } = useQuery({
    queryKey: key,
    queryFn: async ({ signal }) => (await call("GET /api-keys", { signal })).data,
  })
  if (error && !data) return <ErrorState error={error} retry={() => refetch()} />
  if (!data) return <ListSkeleton rows={3} avatar={false} />
  const refresh = () => client.invalidateQueries({ queryKey: key })
  const newKey = (
    <Button kind="primary" icon={IconPlus} onClick={() => setMaking(true)}>
      {t("settings.keys.new")}
    </Button>
  )
  return (
    <>
      {data.length === 0 ? (
        <EmptyState drawing="key" title={t("settings.keys")} action={newKey}>
          {t("settings.keys.empty")}
        </EmptyState>
      ) : (
        <section className={`${styles.section} ${styles.wide}`}>
          <div>{newKey}</div>
          <KeyRows keys={data} onRevoke={setRevoking} />
          {data.some(({ resting }) => resting) && (
            <p className={styles.note}>{t("settings.keys.resting.text")}</p>
          )}
        </section>
      )}
      <Dialog opened={making} onClose={() => setMaking(false)} title={t("settings.keys.new")}>
        <NewKeyForm
          onMade={(made) => {
            setMaking(false)
            setSecret(made)
            refresh()
          }}
        />
      </Dialog>
      <SecretDialog secret={secret} onClose={() => setSecret(null)} />
      <ConfirmDialog
        opened={revoking !== null}
        onClose={() => setRevoking(null)}
        title={t("settings.keys.revoke")}
        action={t("settings.keys.revoke")}
        onConfirm={async () => {
          if (!revoking) return
          await call("DELETE /api-keys/:id", { params: { id: revoking.id } })
          toast({ text: t("settings.keys.revoked", { name: revoking.name }) })
          await refresh()
        }}
      >
        {t("settings.keys.revoke.ask", { name: revoking?.name })}
      </ConfirmDialog>
    </>
  )
}

interface KeyRowsProps {
  keys: readonly (Known & {
    prefix: string
    scope: "read" | "write"
    memberId: string
    expiresAt: string | null
    lastUsedAt: string | null
    resting: boolean
  })[]
  onRevoke: (key: Known) => void
}
function KeyRows({ keys, onRevoke }: KeyRowsProps) {
  const t = useT()
  const formats = useFormats()
  const { member } = useSession()
  const { data: members } = useMembers()
  const when = (iso: string) => formatInstant(iso, t, formats)
  return (
    <ul className={styles.rows}>
      {keys.map((entry) => {
        const maker =
          entry.memberId === member?.id ? undefined : members?.find(({ id }) => id === entry.memberId)
        const facts = [
          `${entry.prefix}…`,
          entry.lastUsedAt
            ? t("settings.keys.lastUsed", { when: when(entry.lastUsedAt) })
            : t("settings.keys.neverUsed"),
          entry.expiresAt && t("settings.keys.expiresAt", { when: when(entry.expiresAt) }),
          maker?.name,
        ]
        return (
          <li key={entry.id} className={styles.row}>
            <div className={styles.words}>
              <div className={styles.name}>
                {entry.name}
                <Chip>{t(`settings.keys.scope.${entry.scope}`)}</Chip>
                {entry.resting && <Chip>{t("settings.keys.resting")}</Chip>}
              </div>
              <div className={styles.sub}>{facts.filter(Boolean).join(" · ")}</div>
            </div>
            <Button onClick={() => onRevoke(entry)}>{t("settings.keys.revoke")}</Button>
          </li>
        )
      })}
    </ul>
  )
}

const validDays = ["30", "90", "365", "never"] as const

function NewKeyForm({ onMade }: { onMade: (secret: Secret) => void }) {
  const t = useT()
  const [name, setName] = useState("")
  const [scope, setScope] = useState<"read" | "write">("read")
  const [days, setDays] = useState<(typeof validDays)[number]>("365")
  const form = useSubmit(async () => {
    const expiresAt = days === "never" ? null : new Date(Date.now() + Number(days) * 86_400_000).toISOString()
    const { data } = await call("POST /api-keys", { body: { name, scope, expiresAt } })
    onMade({
      title: t("settings.keys.once.title", { name: data.name }),
      text: t("settings.keys.once.text"),
      secret: data.key,
    })
  })
  return (
    <Form
      state={form}
      actions={
        <Button kind="primary" type="submit" loading={form.busy}>
          {t("settings.keys.submit")}
        </Button>
      }
    >
      <TextInput
        label={t("settings.keys.name")}
        placeholder={t("settings.keys.name.example")}
        data-autofocus
        maxLength={120}
        value={name}
        error={form.faultOf("name") && t("fieldError.required")}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <ChoiceGroup
        legend={t("settings.keys.scope")}
        value={scope}
        choices={(["read", "write"] as const).map((value) => ({
          value,
          label: t(`settings.keys.scope.${value}`),
        }))}
        onChange={setScope}
      />
      <ChoiceGroup
        legend={t("settings.keys.expires")}
        value={days}
        choices={validDays.map((value) => ({
          value,
          label:
            value === "never"
              ? t("settings.keys.expires.never")
              : t("settings.keys.expires.days", { n: Number(value) }),
        }))}
        onChange={setDays}
      />
    </Form>
  )
}
