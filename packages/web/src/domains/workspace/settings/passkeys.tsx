import type { Passkey } from "@regulars/contract/domains/passkeys.endpoints.ts"
import { IconKey, IconTrash } from "@tabler/icons-react"
import { useQuery, useQueryClient } from "@tanstack/react-query"
import { useState } from "react"
import { call } from "../../../lib/api.ts"
import { isApiError } from "../../../lib/api-error.ts"
import { formatInstant } from "../../../lib/format.ts"
import { useFormats, useT } from "../../../lib/i18n.tsx"
import { Button, IconButton } from "../../../ui/button.tsx"
import { ConfirmDialog } from "../../../ui/dialog.tsx"
import { toast, useErrorToast } from "../../../ui/toast.tsx"
import { hasPasskeys, makePasskey } from "../passkey-calls.ts"
import { nameOfDevice } from "./device.ts"
import { SavedInput } from "./saved-input.tsx"
import styles from "./settings.module.css"

const key = ["passkeys"]

/** Makes a passkey on this device; `onCodes` gets the recovery codes that come with an account's first one. */
export function AddPasskey({ onAdded }: { onAdded: (recoveryCodes: string[] | null) => void }) {
  const t = useT()
  const client = useQueryClient()
  const showError = useErrorToast()
  const [busy, setBusy] = useState(false)
  if (!hasPasskeys()) return null
  async function add() {
    setBusy(true)
    try {
      const { data } = await call("POST /auth/passkeys/options")
      const response = await makePasskey(data)
      const name = nameOfDevice() || t("settings.passkeys")
      const added = await call("POST /auth/passkeys", { body: { name, response } })
      client.invalidateQueries({ queryKey: key })
      onAdded(added.recoveryCodes)
    } catch (error) {
      if (isApiError(error)) showError(error)
      else toast({ text: t("settings.passkeys.refused"), bad: true })
    } finally {
      setBusy(false)
    }
  }
  return (
    <div>
      <Button icon={IconKey} loading={busy} onClick={add}>
        {t("settings.passkeys.add")}
      </Button>
    </div>
  )
}

/** One's own passkeys: made, renamed, removed. */
export function Passkeys({ onAdded }: { onAdded: (recoveryCodes: string[] | null) => void }) {
  const t = useT()
  const { data } = useQuery({
    queryKey: key,
    queryFn: async ({ signal }) => (await call("GET /auth/passkeys", { signal })).data,
  })
  const added = (codes: string[] | null) => {
    toast({ text: t("settings.passkeys.added") })
    onAdded(codes)
  }
  return (
    <section className={`${styles.section} ${styles.wide}`}>
      <h2>{t("settings.passkeys")}</h2>
      <p>{t("settings.passkeys.text")}</p>
      {data && data.length > 0 && (
        <ul className={styles.rows}>
          {data.map((passkey) => (
            <PasskeyRow key={passkey.id} passkey={passkey} />
          ))}
        </ul>
      )}
      <AddPasskey onAdded={added} />
    </section>
  )
}
function PasskeyRow({ passkey: { id, name, usedAt } }: { passkey: Passkey }) {
  const t = useT()
  const formats = useFormats()
  const client = useQueryClient()
  const showError = useErrorToast()
  const [asking, setAsking] = useState(false)
  const refresh = () => client.invalidateQueries({ queryKey: key })
  const rename = (next: string) => {
    call("PATCH /auth/passkeys/:id", { params: { id }, body: { name: next.slice(0, 60) } }).then(
      refresh,
      showError,
    )
  }
  const remove = async () => {
    try {
      await call("DELETE /auth/passkeys/:id", { params: { id } })
    } catch (error) {
      if (!isApiError(error, "conflict")) throw error
      return toast({ text: t("settings.lastWayIn"), bad: true })
    }
    toast({ text: t("settings.passkeys.removed") })
    await Promise.all([refresh(), client.invalidateQueries({ queryKey: ["factors"] })])
  }
  return (
    <li className={styles.row}>
      <IconKey size={22} stroke={1.5} aria-hidden="true" />
      <div className={styles.words}>
        <SavedInput label={t("settings.passkeys.name")} hideLabel value={name} onSave={rename} />
        <div className={styles.sub}>
          {usedAt
            ? t("settings.passkeys.used", { when: formatInstant(usedAt, t, formats) })
            : t("settings.passkeys.unused")}
        </div>
      </div>
      <IconButton
        icon={IconTrash}
        label={t("settings.passkeys.removeOf", { name })}
        onClick={() => setAsking(true)}
      />
      <ConfirmDialog
        opened={asking}
        onClose={() => setAsking(false)}
        title={t("settings.passkeys.remove.title", { name })}
        action={t("settings.passkeys.remove")}
        onConfirm={remove}
      >
        <p>{t("settings.passkeys.remove.text")}</p>
      </ConfirmDialog>
    </li>
  )
}
