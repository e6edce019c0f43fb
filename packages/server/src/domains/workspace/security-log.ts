import type { Log } from "../../kernel/context.ts"

type SecurityEvent =
  | "set_up"
  | "signed_in"
  | "sign_in_failed"
  | "signed_out"
  | "session_ended"
  | "password_changed"
  | "password_reset"
  | "reset_link_made"
  | "invited"
  | "invitation_withdrawn"
  | "invitation_accepted"
  | "key_made"
  | "key_revoked"
  | "member_changed"

/** Notes what bears on security. Ids and roles only: no names, addresses or secrets ever stand in a log. */
export function noteSecurity(
  log: Log,
  event: SecurityEvent,
  details: Record<string, string | boolean | null | undefined>,
): void {
  log.info({ event, ...details }, `security: ${event}`)
}
