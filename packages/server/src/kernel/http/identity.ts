import type { Role } from "@regulars/contract/domains/workspace.ts"
import type { Access } from "../access/access.ts"

/** Who calls: a user with a session, or an API key acting for a member. */
export interface Identity {
  userId: string
  sessionId: string | null
  apiKeyId: string | null
  /** When whoever has the session last proved who they are. */
  provedAt: string | null
  /** The one workspace the session may enter, where it began by the word of that workspace's provider. */
  vouchedIn: string | null
  /** The workspace in which their role needs a second step that they do not have; they are no member until then. */
  factorNeededBy: string | null
  /** Absent for a user who is signed in but belongs to no workspace now. */
  membership: Membership | null
}
export interface Membership {
  workspaceId: string
  memberId: string
  role: Role
  permissions: ReadonlySet<string>
  /** For a role of the workspace's own. */
  access?: Access | undefined
  language: string
  timeZone: string
  workspaceZone: string
  country: string
  currency: string
}
