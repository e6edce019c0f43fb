import { useQuery } from "@tanstack/react-query"
import { useState } from "react"
import { Link } from "wouter"
import { call } from "../../lib/api.ts"
import { isApiError } from "../../lib/api-error.ts"
import { useT } from "../../lib/i18n.tsx"
import { FormSkeleton } from "../../ui/skeleton.tsx"
import { ErrorState } from "../../ui/states.tsx"
import { AcceptAnew, AcceptWithAccount } from "./accept-invitation.tsx"
import { GuestFrame } from "./guest-frame.tsx"
import { tokenOfLink } from "./link-token.ts"

/** Accepts an invitation: with a new account, or with what opens the one there is. */
export function InvitationPage() {
  const t = useT()
  const [token] = useState(() => tokenOfLink(window.location.hash))
  const { data, error, refetch } = useQuery({
    queryKey: ["invitation", token],
    queryFn: async ({ signal }) =>
      (await call("POST /auth/invitations/look", { body: { token }, signal })).data,
    enabled: token.length >= 20,
    retry: false,
  })
  const bad =
    token.length < 20 || (isApiError(error) && ["not_found", "validation_failed"].includes(error.code))
  if (bad)
    return (
      <GuestFrame title={t("auth.invitation.bad.title")} text={t("auth.invitation.bad.text")}>
        <Link href="/sign-in">{t("auth.toSignIn")}</Link>
      </GuestFrame>
    )
  if (error && !data) return <ErrorState error={error} retry={() => refetch()} />
  if (!data)
    return (
      <GuestFrame title="">
        <FormSkeleton fields={2} />
      </GuestFrame>
    )
  const role = data.roleName ?? t(`role.${data.role}`)
  return (
    <GuestFrame
      title={t("auth.invitation.title", { workspace: data.workspace })}
      text={t("auth.invitation.text", { email: data.email, role })}
    >
      {data.hasAccount ? (
        <AcceptWithAccount token={token} email={data.email} />
      ) : (
        <AcceptAnew token={token} email={data.email} provider={data.provider} />
      )}
    </GuestFrame>
  )
}
