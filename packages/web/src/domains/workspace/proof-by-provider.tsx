import { useQuery } from "@tanstack/react-query"
import { call, urlOf } from "../../lib/api.ts"
import { useT } from "../../lib/i18n.tsx"
import { useSession } from "../../lib/session.tsx"
import { Button } from "../../ui/button.tsx"
import styles from "./guest-frame.module.css"

/** For whoever has no password: signs in anew by the provider, which asks who is there. */
export function ProofByProvider() {
  const t = useT()
  const { workspaces, moreWorkspaces } = useSession()
  // A provider proves nothing for an account that others rely on.
  const isOnlyHere = workspaces.length === 1 && !moreWorkspaces
  const { data } = useQuery({
    queryKey: ["identities"],
    queryFn: async ({ signal }) => (await call("GET /auth/identities", { signal })).data,
    enabled: isOnlyHere,
  })
  const provider = isOnlyHere ? data?.find(({ connectedAt }) => connectedAt !== null) : undefined
  if (!provider) return null
  const { id, name } = provider
  const go = () => {
    const next = window.location.pathname + window.location.search
    window.location.assign(urlOf("GET /auth/provider/:id/start", { id }, { next, fresh: "true" }))
  }
  return (
    <div className={styles.passkey}>
      <p>{t("auth.proof.again.text")}</p>
      <Button onClick={go}>{t("auth.proof.again", { name })}</Button>
    </div>
  )
}
