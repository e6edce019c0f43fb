import { useQueryClient } from "@tanstack/react-query"
import { Suspense, useEffect } from "react"
import { Redirect, Route, Switch, useLocation } from "wouter"
import { ConflictHost } from "../domains/records/conflict/conflict-host.tsx"
import { QuickCreate } from "../domains/records/create/quick-create.tsx"
import { onSignedOut } from "../lib/api.ts"
import { isApiError } from "../lib/api-error.ts"
import { useOwnFields, useWithObjects } from "../lib/own-fields.ts"
import { keys } from "../lib/query.ts"
import { rememberSignedIn, SessionProvider, useCan, useSessionQuery, wasSignedIn } from "../lib/session.tsx"
import { signInPath } from "../lib/sign-in-path.ts"
import { ErrorBoundary } from "../ui/error-boundary.tsx"
import { PageSkeleton } from "../ui/skeleton.tsx"
import { ErrorState, NoPermission, PageFault } from "../ui/states.tsx"
import { Toasts } from "../ui/toast.tsx"
import { NotFoundPage } from "./not-found-page.tsx"
import { PartBoundary } from "./part-boundary.tsx"
import { FactorNeeded, type PageRoute, routes } from "./routes.tsx"
import { Shell } from "./shell/shell.tsx"

const guestRoutes = routes.filter((route) => route.guest)
const memberRoutes = routes.filter((route) => !route.guest)

export function App() {
  return (
    <>
      <Switch>
        {guestRoutes.map((route) => (
          <Route key={route.path} path={route.path}>
            {(params) => (
              <Suspense fallback={null}>
                <route.page params={params} />
              </Suspense>
            )}
          </Route>
        ))}
        <Route>
          <SignedIn />
        </Route>
      </Switch>
      <Toasts />
    </>
  )
}

/** Everything behind the sign-in. Whoever is not signed in is sent there and comes back afterwards. */
function SignedIn() {
  const isGuest = wasSignedIn() === false
  const { data, error, refetch } = useSessionQuery(!isGuest)
  const session = useWithObjects(data)
  // At once where somebody was signed in before, beside the session; else not before it is known that somebody is.
  const areFieldsKnown = useOwnFields(
    (wasSignedIn() === true || session !== undefined) && !session?.factorNeeded,
    session?.workspace?.currency,
  )
  const [, navigate] = useLocation()
  const client = useQueryClient()
  useEffect(() => {
    onSignedOut(() => {
      // Whoever was never signed in is sent on below, without talk of a session that ended.
      if (!client.getQueryData(keys.session)) return
      rememberSignedIn(false)
      navigate(signInPath(window.location, true))
      client.clear()
    })
    return () => onSignedOut(() => {})
  }, [navigate, client])
  if (isGuest || isApiError(error, "unauthenticated")) return <Redirect to={signInPath(window.location)} />
  if (!session) return error ? <ErrorState error={error} retry={() => refetch()} /> : null
  if (session.factorNeeded)
    return (
      <SessionProvider session={session}>
        <Suspense fallback={null}>
          <FactorNeeded params={{}} />
        </Suspense>
      </SessionProvider>
    )
  if (!areFieldsKnown) return null
  return (
    <SessionProvider session={session}>
      <Shell>
        <Pages />
      </Shell>
      <PartBoundary>
        <QuickCreate />
      </PartBoundary>
      <PartBoundary>
        <ConflictHost />
      </PartBoundary>
    </SessionProvider>
  )
}

function Pages() {
  const [location] = useLocation()
  return (
    <ErrorBoundary resetOn={location} fallback={(error, retry) => <PageFault error={error} retry={retry} />}>
      <Suspense fallback={<PageSkeleton />}>
        <Switch>
          {memberRoutes.map((route) => (
            <Route key={route.path} path={route.path}>
              {(params) => <Guarded route={route} params={params} />}
            </Route>
          ))}
          <Route>
            <NotFoundPage />
          </Route>
        </Switch>
      </Suspense>
    </ErrorBoundary>
  )
}
function Guarded({ route, params }: { route: PageRoute; params: Record<string, string | undefined> }) {
  const allowed = useCan(route.permission ?? "")
  return route.permission && !allowed ? <NoPermission /> : <route.page params={params} />
}
