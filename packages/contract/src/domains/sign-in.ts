const day = 24 * 60
/** How long a session may last where a workspace says nothing, and how far it may say otherwise; in minutes. */
export const sessionBounds = {
  idle: { least: 15, most: 30 * day, usual: 14 * day },
  longest: { least: 60, most: 90 * day, usual: 90 * day },
} as const

/** By what a session began. */
export const signInWays = [
  "password",
  "authenticator",
  "recovery_code",
  "passkey",
  "provider",
  "provider_factor",
  "provider_code",
] as const
/**
 * Why a sign-in by a provider came to nothing: it took too long or came back to another browser; the provider or the
 * person refused; what it said does not hold; no account is connected, nor may be; it knows the person by another
 * address than the invitation's; it does not answer.
 */
export const providerProblems = [
  "expired",
  "refused",
  "invalid",
  "unknown",
  "address",
  "unavailable",
] as const
export type ProviderProblem = (typeof providerProblems)[number]
