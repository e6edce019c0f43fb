import { type ReactNode, useEffect, useRef } from "react"
import { useT } from "../lib/i18n.tsx"
import { isMissingCode } from "../lib/newer-version.ts"
import { ErrorBoundary } from "../ui/error-boundary.tsx"
import { useErrorText } from "../ui/states.tsx"
import { toast } from "../ui/toast.tsx"

/** Around what stands beside the pages or opens above them: when it fails, a message says so and the page stays. */
export function PartBoundary({ children }: { children: ReactNode }) {
  return (
    <ErrorBoundary fallback={(error, retry) => <Failed error={error} retry={retry} />}>
      {children}
    </ErrorBoundary>
  )
}

function Failed({ error, retry }: { error: unknown; retry: () => void }) {
  const t = useT()
  const { what, next } = useErrorText()(error)
  const isMissing = isMissingCode(error)
  const once = useRef(() => {
    const action = { label: t("action.reload"), run: () => window.location.reload() }
    toast({ text: `${what} ${next}`, action, bad: true })
    // Beginning anew it is closed, and does not need what is missing; any other fault might come again at once.
    if (isMissing) retry()
  })
  useEffect(() => once.current(), [])
  return null
}
