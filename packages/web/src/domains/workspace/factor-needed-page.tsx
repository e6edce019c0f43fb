import { useQueryClient } from "@tanstack/react-query"
import { useState } from "react"
import { useLocation } from "wouter"
import { call } from "../../lib/api.ts"
import { useT } from "../../lib/i18n.tsx"
import { rememberSignedIn, useSession, useTakeSession } from "../../lib/session.tsx"
import { Button } from "../../ui/button.tsx"
import { useErrorToast } from "../../ui/toast.tsx"
import styles from "./guest-frame.module.css"
import { GuestFrame } from "./guest-frame.tsx"
import { ProofDialog } from "./proof-dialog.tsx"
import { FactorSetUp } from "./settings/factor-set-up.tsx"
import { AddPasskey } from "./settings/passkeys.tsx"
import { RecoveryDialog } from "./settings/recovery-dialog.tsx"

/** In place of every page, for whom a second step is asked of and has none: sets one up, and then goes on. */
export function FactorNeededPage() {
  const t = useT()
  const client = useQueryClient()
  const { workspace } = useSession()
  const [codes, setCodes] = useState<string[] | null>(null)
  return (
    <GuestFrame
      title={t("auth.factorNeeded.title")}
      text={t("auth.factorNeeded.text", { workspace: workspace?.name ?? "" })}
    >
      <div className={styles.parts}>
        <FactorSetUp onCodes={setCodes} />
        <AddPasskey onAdded={(made) => (made ? setCodes(made) : client.invalidateQueries())} />
        <Elsewhere />
      </div>
      <RecoveryDialog codes={codes} onClose={() => client.invalidateQueries()} />
      <ProofDialog />
    </GuestFrame>
  )
}

/** Ways out: another workspace, or signing out. */
function Elsewhere() {
  const t = useT()
  const client = useQueryClient()
  const [, navigate] = useLocation()
  const { workspace, workspaces } = useSession()
  const takeSession = useTakeSession()
  const showError = useErrorToast()
  const switchTo = (id: string) => {
    call("POST /session/workspace", { body: { id } }).then(({ data }) => takeSession(data), showError)
  }
  const signOut = () => {
    call("POST /auth/sign-out").then(() => {
      rememberSignedIn(false)
      client.clear()
      navigate("/sign-in")
    }, showError)
  }
  return (
    <div className={styles.ways}>
      {workspaces
        .filter(({ id }) => id !== workspace?.id)
        .map(({ id, name }) => (
          <Button key={id} kind="subtle" onClick={() => switchTo(id)}>
            {t("auth.factorNeeded.other", { workspace: name })}
          </Button>
        ))}
      <Button kind="subtle" onClick={signOut}>
        {t("shell.signOut")}
      </Button>
    </div>
  )
}
