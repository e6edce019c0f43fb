/** Roles a member can have; what each may do stands in the server's access table. */
export const roles = ["owner", "administrator", "manager", "member", "viewer"] as const
export type Role = (typeof roles)[number]
export const languages = ["en", "de", "es"] as const
export type Language = (typeof languages)[number]
export const themes = ["light", "dark", "system"] as const
/** A key may read only, or also write; never more than its member may do. */
export const apiKeyScopes = ["read", "write"] as const
