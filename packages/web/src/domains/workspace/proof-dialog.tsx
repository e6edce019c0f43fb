import { useEffect, useRef, useState } from "react"
import { onProofNeeded } from "../../lib/api.ts"
import { withTexts } from "../../lib/i18n.tsx"
import { lazyPart } from "../../lib/lazy-part.tsx"
import { Later } from "../../ui/later.tsx"

const ProofWindow = lazyPart(() => withTexts(() => import("./proof-form.tsx"), "auth"), "ProofWindow")

/** Asks for a proof of who is there when the server wants one; what was refused then goes on by itself. */
export function ProofDialog() {
  const [opened, setOpened] = useState(false)
  const [wasOpened, setWasOpened] = useState(false)
  const answer = useRef<(isProved: boolean) => void>(() => {})
  useEffect(() => {
    onProofNeeded(() => {
      answer.current(false)
      setOpened(true)
      setWasOpened(true)
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
  if (!wasOpened) return null
  return (
    <Later opened={opened} onClose={() => close(false)}>
      <ProofWindow opened={opened} onClose={close} />
    </Later>
  )
}
