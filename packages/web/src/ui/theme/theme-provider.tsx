import { MantineProvider } from "@mantine/core"
import { createContext, type ReactNode, useCallback, useContext, useEffect, useMemo, useState } from "react"
import { readStored, store } from "../../lib/storage.ts"
import { theme, variables } from "./theme.ts"

export type ThemeChoice = "light" | "dark" | "system"
const ThemeContext = createContext<{ choice: ThemeChoice; choose: (choice: ThemeChoice) => void } | null>(
  null,
)

function storedChoice(): ThemeChoice {
  const stored = readStored("theme")
  return stored === "light" || stored === "dark" ? stored : "system"
}
const darkDevice = () => window.matchMedia("(prefers-color-scheme: dark)")

/** Light or dark, as chosen or as the device has it; `public/theme.js` does the same before the first paint. */
export function ThemeProvider({ children }: { children: ReactNode }) {
  const [choice, setChoice] = useState(storedChoice)
  const [dark, setDark] = useState(() => darkDevice().matches)
  useEffect(() => {
    const device = darkDevice()
    const listen = () => setDark(device.matches)
    device.addEventListener("change", listen)
    return () => device.removeEventListener("change", listen)
  }, [])
  const choose = useCallback((next: ThemeChoice) => {
    store("theme", next)
    setChoice(next)
  }, [])
  const value = useMemo(() => ({ choice, choose }), [choice, choose])
  const scheme = choice === "system" ? (dark ? "dark" : "light") : choice
  return (
    <ThemeContext value={value}>
      <MantineProvider theme={theme} cssVariablesResolver={variables} forceColorScheme={scheme}>
        {children}
      </MantineProvider>
    </ThemeContext>
  )
}
export function useTheme() {
  const value = useContext(ThemeContext)
  if (!value) throw new Error("useTheme needs a ThemeProvider above it")
  return value
}
