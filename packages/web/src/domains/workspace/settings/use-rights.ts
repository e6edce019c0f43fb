import type { StoredRole, Team } from "@regulars/contract/domains/rights.endpoints.ts"
import { useQuery, useQueryClient } from "@tanstack/react-query"
import { call } from "../../../lib/api.ts"
import { useT } from "../../../lib/i18n.tsx"
import { keys } from "../../../lib/query.ts"

export type { StoredRole, Team }

const rolesKey = ["roles"] as const
const teamsKey = ["teams"] as const

/** Built-in and own roles, and the areas and actions that rights can name. */
export function useRoles() {
  return useQuery({ queryKey: rolesKey, queryFn: ({ signal }) => call("GET /roles", { signal }) })
}
export function useTeams() {
  return useQuery({
    queryKey: teamsKey,
    queryFn: async ({ signal }) => (await call("GET /teams", { signal })).data,
  })
}
/** After a change to roles or teams: both, and who has them. */
export function useRefreshRights() {
  const client = useQueryClient()
  return () =>
    Promise.all(
      [rolesKey, teamsKey, keys.members, keys.session].map((queryKey) =>
        client.invalidateQueries({ queryKey }),
      ),
    )
}
/** What a role is called: own ones by their name, built-in ones in the reader's language. */
export function useRoleName() {
  const t = useT()
  const { data } = useRoles()
  return ({ role, roleId }: { role: StoredRole["base"]; roleId: string | null }) =>
    data?.data.find(({ id }) => id === roleId)?.name ?? t(`role.${role}`)
}
