import type { Rights } from "@regulars/contract/domains/rights.ts"

/**
 * What a member whose role is the workspace's own may do. Built-in roles reach everything they see at all, and so
 * does the product itself: they have none.
 */
export interface Access {
  rights: Rights
  memberId: string
  /** Ids of the member's teams, of everybody in these (the member first) and of their locations. */
  teams: readonly string[]
  mates: readonly string[]
  locations: readonly string[]
}
