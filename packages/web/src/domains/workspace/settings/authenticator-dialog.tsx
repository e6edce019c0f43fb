import { TextInput } from "@mantine/core"
import { useState } from "react"
import { call } from "../../../lib/api.ts"
import { useT } from "../../../lib/i18n.tsx"
import { Button } from "../../../ui/button.tsx"
import { CopyOnClick } from "../../../ui/copy-on-click.tsx"
import { Dialog } from "../../../ui/dialog.tsx"
import { Form, useSubmit } from "../../../ui/form.tsx"
import { QrCode } from "./qr-code.tsx"
import styles from "./settings.module.css"

export interface NewAuthenticator {
  key: string
  /** What the QR code says. */
  url: string
}
interface AuthenticatorDialogProps {
  begun: NewAuthenticator | null
  onClose: () => void
  onConfirmed: (recoveryCodes: string[]) => void
}
/** Brings a new key into an app, and sees by a code that it arrived. */
export function AuthenticatorDialog({ begun, onClose, onConfirmed }: AuthenticatorDialogProps) {
  const t = useT()
  return (
    <Dialog opened={begun !== null} onClose={onClose} title={t("settings.factor.app")}>
      {begun && <ConfirmForm begun={begun} onConfirmed={onConfirmed} />}
    </Dialog>
  )
}

function ConfirmForm({
  begun,
  onConfirmed,
}: Pick<AuthenticatorDialogProps, "onConfirmed"> & { begun: NewAuthenticator }) {
  const t = useT()
  const [code, setCode] = useState("")
  const form = useSubmit(async () => {
    const { data } = await call("POST /auth/authenticator/confirm", { body: { code } })
    onConfirmed(data.recoveryCodes)
  })
  return (
    <Form
      state={form}
      actions={
        <Button kind="primary" type="submit" loading={form.busy}>
          {t("settings.factor.confirm")}
        </Button>
      }
    >
      <p>{t("settings.factor.scan")}</p>
      <QrCode text={begun.url} label={t("settings.factor.qr")} />
      <div>
        <div className={styles.note}>{t("settings.factor.key")}</div>
        <div className={styles.code}>
          <CopyOnClick text={begun.key} shown={begun.key.replace(/(.{4})(?=.)/g, "$1 ")} />
        </div>
      </div>
      <TextInput
        label={t("settings.factor.code")}
        inputMode="numeric"
        autoComplete="one-time-code"
        data-autofocus
        value={code}
        error={form.faultOf("code")}
        onChange={(event) => setCode(event.currentTarget.value)}
      />
    </Form>
  )
}
