import type { Identity } from "../../kernel/http/identity.ts"

/** A member with some permissions, as the server would know them. */
export const identity = (...permissions: string[]): Identity => ({
  userId: "u",
  sessionId: null,
  apiKeyId: null,
  provedAt: null,
  vouchedIn: null,
  factorNeededBy: null,
  membership: {
    workspaceId: "w",
    memberId: "m",
    role: "viewer",
    permissions: new Set(permissions),
    language: "en",
    timeZone: "UTC",
    workspaceZone: "UTC",
    country: "DE",
    currency: "EUR",
  },
})
