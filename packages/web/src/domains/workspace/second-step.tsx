import { TextInput } from "@mantine/core"
import { useState } from "react"
import { isApiError } from "../../lib/api-error.ts"
import { useT } from "../../lib/i18n.tsx"
import { Button } from "../../ui/button.tsx"

export interface SecondStep {
  /** Whether the account asked for a code. */
  needed: boolean
  code: string
  setCode: (code: string) => void
  /** Sends something with the code, once there is one; undefined when a code is to be asked for first. */
  send: <T>(work: (code: { code?: string }) => Promise<T>) => Promise<T | undefined>
  restart: () => void
}
/** The second step of whatever takes a password: the same is sent again, with a code. */
export function useSecondStep(): SecondStep {
  const [needed, setNeeded] = useState(false)
  const [code, setCode] = useState("")
  return {
    needed,
    code,
    setCode,
    async send(work) {
      try {
        return await work(needed ? { code } : {})
      } catch (error) {
        if (needed || !isApiError(error, "second_factor_required")) throw error
        setNeeded(true)
        return undefined
      }
    },
    restart() {
      setNeeded(false)
      setCode("")
    },
  }
}

/** The code of the app, or by a button beneath it a recovery code. */
export function CodeField({
  step,
  error,
}: {
  step: Pick<SecondStep, "code" | "setCode">
  error: string | undefined
}) {
  const t = useT()
  const [byApp, setByApp] = useState(true)
  return (
    <div>
      <TextInput
        key={String(byApp)}
        label={t(byApp ? "auth.code" : "auth.code.recovery")}
        name="code"
        inputMode={byApp ? "numeric" : "text"}
        autoComplete={byApp ? "one-time-code" : "off"}
        autoCapitalize="none"
        spellCheck={false}
        autoFocus
        value={step.code}
        error={error}
        onChange={(event) => step.setCode(event.currentTarget.value)}
      />
      <Button
        kind="subtle"
        onClick={() => {
          setByApp(!byApp)
          step.setCode("")
        }}
      >
        {t(byApp ? "auth.code.useRecovery" : "auth.code.useApp")}
      </Button>
    </div>
  )
}
