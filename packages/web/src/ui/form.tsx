import { type FormEvent, type ReactNode, useState } from "react"
import { errorsByField, isApiError } from "../lib/api-error.ts"
import { useT } from "../lib/i18n.tsx"
import styles from "./form.module.css"
import { ErrorLine } from "./states.tsx"

export interface Submit {
  submit: (event?: FormEvent) => void
  busy: boolean
  error: unknown
  /** Sentence for the fault at a path of what was sent, such as `owner.email`; to be shown at its field. */
  faultOf: (path: string) => string | undefined
}
/** Runs the work of a form once at a time and keeps its error beside what was typed. */
export function useSubmit(work: () => Promise<unknown>): Submit {
  const t = useT()
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<unknown>(null)
  const faults = errorsByField(error)
  return {
    submit(event) {
      event?.preventDefault()
      if (busy) return
      setBusy(true)
      setError(null)
      work()
        .catch(setError)
        .finally(() => setBusy(false))
    },
    busy,
    error,
    faultOf(path) {
      const fault = faults[path]
      return fault && (t.find(`fieldError.${fault.code}`) ?? fault.message)
    },
  }
}

/** A form whose error stands above its button. Faults of single fields are shown at the fields. */
export function Form({
  state,
  children,
  actions,
}: {
  state: Submit
  children: ReactNode
  actions: ReactNode
}) {
  return (
    <form className={styles.form} onSubmit={state.submit} noValidate>
      {children}
      {state.error !== null && <FormError error={state.error} />}
      <div className={styles.actions}>{actions}</div>
    </form>
  )
}
function FormError({ error }: { error: unknown }) {
  const t = useT()
  // What a page of its own would say without words ("not found") fits no form: it is always a sentence here.
  if (isApiError(error, "rate_limited") && error.retryAfter)
    return (
      <p role="alert">
        {t("error.rate_limited")} {t("error.retryIn", { seconds: error.retryAfter })}
      </p>
    )
  return <ErrorLine error={error} />
}
export function FormRow({ children }: { children: ReactNode }) {
  return <div className={styles.row}>{children}</div>
}
