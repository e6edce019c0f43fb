import type { Role } from "@regulars/contract/domains/workspace.ts"
import type { Tx } from "./db/transaction.ts"
import type { Registry } from "./registry.ts"
import type { Services } from "./services.ts"

export interface Log {
  debug(details: object | string, message?: string): void
  info(details: object | string, message?: string): void
  warn(details: object | string, message?: string): void
  error(details: object | string, message?: string): void
}
export interface Actor {
  /** `system`: the product itself, in a job. */
  type: "member" | "system"
  memberId: string | null
  userId: string | null
}
/** Everything a use case may ask about who calls it, where and when. Made per request or job. */
export interface Context {
  readonly workspaceId: string
  readonly actor: Actor
  readonly role: Role
  /** Names such as `people:update`; an API key's are cut to its scope. */
  readonly permissions: ReadonlySet<string>
  readonly tx: Tx
  readonly services: Services
  /** What the domains have declared: entities with their rules, events, jobs. */
  readonly registry: Registry
  readonly now: () => Date
  readonly language: string
  /** The member's zone: what "today" means for their tasks. */
  readonly timeZone: string
  /** The workspace's zone and country: what "this month" means in filters, and how a local phone number reads. */
  readonly workspaceZone: string
  readonly country: string
  readonly requestId: string
  readonly log: Log
  /** How many reactions led here; ends loops. */
  readonly depth: number
}
