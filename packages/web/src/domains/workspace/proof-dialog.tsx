import { useEffect, useRef, useState } from "react"
import { onProofNeeded } from "../../lib/api.ts"
import { useT } from "../../lib/i18n.tsx"
import { lazyPart } from "../../lib/lazy-part.tsx"
import { Dialog } from "../../ui/dialog.tsx"
import { Later } from "../../ui/later.tsx"

const ProofForm = lazyPart(() => import("./proof-form.tsx"), "ProofForm")

/** Asks for a proof of who is there when the server wants one; what was refused then goes on by itself. */
export function ProofDialog() {
  const t = useT()
  const [opened, setOpened] = useState(false)
  const answer = useRef<(isProved: boolean) => void>(() => {})
  useEffect(() => {
    onProofNeeded(() => {
      answer.current(false)
      setOpened(true)
      return new Promise((resolve) => {
        answer.current = resolve
      })
    })
    return () => onProofNeeded(async () => false)
  }, [])
  const close = (isProved: boolean) => {
    setOpened(false)
    answer.current(isProved)
  }
  return (
    <Dialog opened={opened} onClose={() => close(false)} title={t("auth.proof.title")}>
      {opened && (
        <Later>
          <ProofForm onProved={() => close(true)} />
        </Later>
      )}
    </Dialog>
  )
}
