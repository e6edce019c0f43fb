import type { PasskeyAssertion } from "@regulars/contract/domains/passkeys.endpoints.ts"
import { useQuery } from "@tanstack/react-query"
import { call } from "../../lib/api.ts"
import { useT } from "../../lib/i18n.tsx"
import { PasskeyButton } from "./passkey-button.tsx"

/** In place of the password, for whoever has a passkey. */
export function ProofByPasskey({ onProved }: { onProved: () => void }) {
  const t = useT()
  const { data } = useQuery({
    queryKey: ["passkeys"],
    queryFn: async ({ signal }) => (await call("GET /auth/passkeys", { signal })).data,
  })
  if (!data || data.length === 0) return null
  const prove = async (response: PasskeyAssertion) => {
    await call("POST /auth/passkey/proof", { body: { response } })
    onProved()
  }
  return <PasskeyButton label={t("auth.passkey.use")} send={prove} />
}
