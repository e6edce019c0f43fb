interface Place {
  pathname: string
  search: string
}
/** Address of the sign-in that leads back to a page afterwards; `expired` says that a session had ended. */
export function signInPath({ pathname, search }: Place, expired = false): string {
  const query = new URLSearchParams()
  if (pathname !== "/" || search !== "") query.set("next", pathname + search)
  if (expired) query.set("expired", "1")
  return query.size > 0 ? `/sign-in?${query}` : "/sign-in"
}
/** Where to go after signing in; only ever a page of this app, never another site. */
export function pathAfterSignIn(search: string): string {
  const next = new URLSearchParams(search).get("next") ?? "/"
  const inside = next.startsWith("/") && !next.startsWith("//") && !next.startsWith("/\\")
  return inside && !next.startsWith("/sign-in") ? next : "/"
}
