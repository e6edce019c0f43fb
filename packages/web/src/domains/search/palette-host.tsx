import { Suspense, useEffect, useState } from "react"
import { useLocation } from "wouter"
import { registerPalette } from "../../lib/commands.ts"
import { lazyPart } from "../../lib/lazy-part.tsx"
import { useSession } from "../../lib/session.tsx"
import { recordAt, rememberRecent } from "./recent.ts"
import { useEarlyTyping } from "./use-early-typing.ts"

const Palette = lazyPart(() => import("./palette.tsx"), "Palette", "soon")

/** Makes the palette known to the shell and remembers which records were looked at. */
export function PaletteHost() {
  const [opened, setOpened] = useState(false)
  const [location] = useLocation()
  const workspaceId = useSession().workspace?.id ?? ""
  useEffect(() => registerPalette(() => setOpened(true)), [])
  useEffect(() => {
    const seen = recordAt(location)
    if (seen) rememberRecent(workspaceId, seen)
  }, [location, workspaceId])
  return opened && <OpenedPalette onClose={() => setOpened(false)} />
}

function OpenedPalette({ onClose }: { onClose: () => void }) {
  const [typed, setTyped] = useState("")
  const [entered, setEntered] = useState(false)
  const type: typeof setTyped = (next) => {
    setEntered(false)
    setTyped(next)
  }
  useEarlyTyping({ type, enter: () => setEntered(true), close: onClose })
  return (
    <Suspense fallback={null}>
      <Palette typed={typed} onType={type} entered={entered} onEnter={setEntered} onClose={onClose} />
    </Suspense>
  )
}
