/** Facts that bear on security, beside what happens with records; each stands on the audit page with a sentence. */
export const securityEvents = [
  "set_up",
  "signed_in",
  "sign_in_failed",
  "signed_out",
  "session_ended",
  "password_changed",
  "password_reset",
  "second_factor_added",
  "second_factor_removed",
  "second_factor_taken_off",
  "second_factor_failed",
  "recovery_codes_renewed",
  "recovery_code_used",
  "identity_proved",
  "reset_link_made",
  "invited",
  "invitation_withdrawn",
  "invitation_accepted",
  "key_made",
  "key_revoked",
  "member_changed",
  "role_changed",
  "team_changed",
  "sign_in_rules_changed",
  "sharing_changed",
  "exported",
  "backed_up",
  "backup_downloaded",
  "backup_deleted",
  "backup_plan_changed",
  "sending_resumed",
] as const
export type SecurityEvent = (typeof securityEvents)[number]
export function securityType(event: SecurityEvent): string {
  return `security.${event}`
}
