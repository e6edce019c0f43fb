import type { Session } from "@regulars/contract/domains/workspace.endpoints.ts"
import { useQuery, useQueryClient } from "@tanstack/react-query"
import { createContext, type ReactNode, useContext, useEffect } from "react"
import { call } from "./api.ts"
import { isApiError } from "./api-error.ts"
import { useTexts } from "./i18n.tsx"
import { takeLimits } from "./limits.ts"
import { keys } from "./query.ts"
import { readStored, store } from "./storage.ts"

export type { Session }

/** Remembers on this device whether somebody is signed in, so that the server need not refuse a question. */
export function rememberSignedIn(signedIn: boolean): void {
  store("signedIn", signedIn ? "yes" : "no")
}
/** Undefined on a device where nobody was yet, or that forgot. */
export function wasSignedIn(): boolean | undefined {
  const stored = readStored("signedIn")
  return stored === null ? undefined : stored === "yes"
}

export const sessionQuery = {
  queryKey: keys.session,
  queryFn: fetchSession,
  staleTime: 5 * 60_000,
  retry: false,
}
/** Who is signed in, from the server; the query fails with `unauthenticated` when nobody is. */
export function useSessionQuery(enabled = true) {
  return useQuery({ ...sessionQuery, enabled })
}
async function fetchSession({ signal }: { signal: AbortSignal }): Promise<Session> {
  try {
    const { data } = await call("GET /session", { signal })
    rememberSignedIn(true)
    return data
  } catch (error) {
    if (isApiError(error, "unauthenticated")) rememberSignedIn(false)
    throw error
  }
}
/** Puts the answer of signing in, setting up or switching into the cache. */
export function useTakeSession() {
  const client = useQueryClient()
  return (session: Session) => {
    client.clear()
    rememberSignedIn(true)
    client.setQueryData(keys.session, session)
  }
}

const SessionContext = createContext<Session | null>(null)

/** Makes the session known below it, and its language, country and time zone the ones texts are written in. */
export function SessionProvider({ session, children }: { session: Session; children: ReactNode }) {
  const { t, setLanguage, setPlace } = useTexts()
  // Before anything below it is drawn: what is hidden must not be asked for once.
  takeLimits(session.limits)
  const language = session.member?.language ?? session.workspace?.language
  const country = session.workspace?.country ?? null
  const timeZone = session.member?.timeZone ?? session.workspace?.timeZone ?? null
  useEffect(() => {
    if (language && language !== t.language) setLanguage(language)
  }, [language, t.language, setLanguage])
  useEffect(() => setPlace({ country, timeZone }), [country, timeZone, setPlace])
  return <SessionContext value={session}>{children}</SessionContext>
}

/** The session of whoever uses the app; only below the shell, where somebody is signed in. */
export function useSession(): Session {
  const session = useContext(SessionContext)
  if (!session) throw new Error("useSession needs someone signed in")
  return session
}
/** The session where there may be none: on pages that are open to guests. */
export function useMaybeSession(): Session | null {
  return useContext(SessionContext)
}

/** Whether the signed-in member may do something, such as `people:create`. */
export function useCan(permission: string): boolean {
  return useMaybeSession()?.permissions.includes(permission) ?? false
}
