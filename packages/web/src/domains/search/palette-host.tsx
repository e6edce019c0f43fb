import { lazy, Suspense, useEffect, useState } from "react"
import { useLocation } from "wouter"
import { registerPalette } from "../../lib/commands.ts"
import { useSession } from "../../lib/session.tsx"
import { recordAt, rememberRecent } from "./recent.ts"

const Palette = lazy(async () => ({ default: (await import("./palette.tsx")).Palette }))

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
  if (!opened) return null
  return (
    <Suspense fallback={null}>
      <Palette onClose={() => setOpened(false)} />
    </Suspense>
  )
}
