import { IconX } from "@tabler/icons-react"
import { type ReactNode, Suspense } from "react"
import { createPortal } from "react-dom"
import { useT } from "../lib/i18n.tsx"
import { isMissingCode } from "../lib/newer-version.ts"
import { useWhenBack } from "../lib/use-when-back.ts"
import { IconButton } from "./button.tsx"
import { ErrorBoundary } from "./error-boundary.tsx"
import styles from "./later.module.css"
import { ErrorLine } from "./states.tsx"

interface LaterProps {
  children: ReactNode
  /** Shown while the code is fetched. */
  fallback?: ReactNode
  /** Closes what opens above the page and has no place of its own there. */
  onClose?: () => void
  /** Whether that is open; opening it again tries again. */
  opened?: boolean
}
/**
 * The place of parts that are loaded later. Where their code can't be fetched it offers to try again, and tries by
 * itself when the connection is back; every other fault is the business of the boundary around.
 */
export function Later({ children, fallback = null, onClose, opened = true }: LaterProps) {
  return (
    <ErrorBoundary
      resetOn={String(opened)}
      fallback={(error, retry) => {
        if (!isMissingCode(error)) throw error
        return <Missing error={error} retry={retry} onClose={onClose} opened={opened} />
      }}
    >
      <Suspense fallback={fallback}>{children}</Suspense>
    </ErrorBoundary>
  )
}

interface MissingProps extends Pick<LaterProps, "onClose" | "opened"> {
  error: unknown
  retry: () => void
}
function Missing({ error, retry, onClose, opened }: MissingProps) {
  const t = useT()
  useWhenBack(retry)
  if (!opened) return null
  if (!onClose) return <ErrorLine error={error} retry={retry} />
  // On the page itself, because what it opens from may be moved or cut off; keys pressed here mean nothing there.
  return createPortal(
    // biome-ignore lint/a11y/noStaticElementInteractions: only keeps keys from what is below
    <div className={styles.window} onKeyDown={(event) => event.stopPropagation()}>
      <ErrorLine error={error} retry={retry} />
      <IconButton icon={IconX} label={t("action.close")} onClick={onClose} />
    </div>,
    document.body,
  )
}
