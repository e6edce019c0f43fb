import { TextInput } from "@mantine/core"
import { IconMail, IconUserPlus } from "@tabler/icons-react"
import { useQuery, useQueryClient } from "@tanstack/react-query"
import { useState } from "react"
import { call } from "../../../lib/api.ts"
import { formatInstant } from "../../../lib/format.ts"
import { useFormats, useT } from "../../../lib/i18n.tsx"
import { Button } from "../../../ui/button.tsx"
import { Dialog } from "../../../ui/dialog.tsx"
import { Form, useSubmit } from "../../../ui/form.tsx"
import { ErrorLine } from "../../../ui/states.tsx"
import { toast, useErrorToast } from "../../../ui/toast.tsx"
import { RolePicker, roleChange } from "./role-picker.tsx"
import type { Secret } from "./secret-dialog.tsx"
import styles from "./settings.module.css"
import { useRoleName } from "./use-rights.ts"

const key = ["invitations"]

/** Open invitations, and the form that makes one. Its link is shown once, to be sent by any way there is. */
export function Invitations({ onSecret }: { onSecret: (secret: Secret) => void }) {
  const t = useT()
  const formats = useFormats()
  const client = useQueryClient()
  const showError = useErrorToast()
  const roleName = useRoleName()
  const [inviting, setInviting] = useState(false)
  const { data, error, refetch } = useQuery({
    queryKey: key,
    queryFn: async ({ signal }) => (await call("GET /invitations", { signal })).data,
  })
  const refresh = () => client.invalidateQueries({ queryKey: key })
  const withdraw = (id: string, email: string) => {
    call("DELETE /invitations/:id", { params: { id } }).then(() => {
      toast({ text: t("settings.invite.withdrawn", { email }) })
      refresh()
    }, showError)
  }
  return (
    <section className={`${styles.section} ${styles.wide}`}>
      <div className={styles.heading}>
        <h2>{t("settings.invite.open")}</h2>
        <Button kind="primary" icon={IconUserPlus} onClick={() => setInviting(true)}>
          {t("settings.invite")}
        </Button>
      </div>
      {error && <ErrorLine error={error} retry={() => refetch()} />}
      {data?.length === 0 && <p className={styles.note}>{t("settings.invite.none")}</p>}
      {data && data.length > 0 && (
        <ul className={styles.rows}>
          {data.map((invitation) => (
            <li key={invitation.id} className={styles.row}>
              <IconMail size={22} stroke={1.5} aria-hidden="true" />
              <div className={styles.words}>
                <div className={styles.name}>{invitation.email}</div>
                <div className={styles.sub}>
                  {roleName(invitation)} ·{" "}
                  {t("settings.members.linkExpires", {
                    when: formatInstant(invitation.expiresAt, t, formats),
                  })}
                </div>
              </div>
              <Button onClick={() => withdraw(invitation.id, invitation.email)}>
                {t("settings.invite.withdraw")}
              </Button>
            </li>
          ))}
        </ul>
      )}
      <Dialog opened={inviting} onClose={() => setInviting(false)} title={t("settings.invite")}>
        <InviteForm
          onMade={(secret) => {
            setInviting(false)
            onSecret(secret)
            refresh()
          }}
        />
      </Dialog>
    </section>
  )
}

function InviteForm({ onMade }: { onMade: (secret: Secret) => void }) {
  const t = useT()
  const formats = useFormats()
  const [email, setEmail] = useState("")
  const [role, setRole] = useState<string>("member")
  const form = useSubmit(async () => {
    const { data } = await call("POST /invitations", { body: { email, ...roleChange(role) } })
    onMade({
      title: t("settings.invite.title", { email: data.email }),
      text: t("settings.invite.text"),
      secret: data.url,
      note: t("settings.members.linkExpires", { when: formatInstant(data.expiresAt, t, formats) }),
    })
  })
  return (
    <Form
      state={form}
      actions={
        <Button kind="primary" type="submit" loading={form.busy}>
          {t("settings.invite.submit")}
        </Button>
      }
    >
      <TextInput
        label={t("auth.email")}
        inputMode="email"
        autoCapitalize="none"
        autoComplete="off"
        data-autofocus
        value={email}
        error={form.faultOf("email") && t("fieldError.email")}
        onChange={(event) => setEmail(event.currentTarget.value)}
      />
      <RolePicker visibleLabel label={t("settings.members.role")} value={role} onChange={setRole} />
    </Form>
  )
}
