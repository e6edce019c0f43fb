import { createHash, randomBytes } from "node:crypto"

/** A secret nobody guesses: 256 random bits, 43 characters that need no escaping in addresses and headers. */
export function newToken(): string {
  return randomBytes(32).toString("base64url")
}
/** What is stored of a secret. A plain hash is enough, as there is nothing to guess in 256 random bits. */
export function hashOf(token: string): Buffer {
  return createHash("sha256").update(token).digest()
}
/** An API key: its beginning is stored and shown, so that people can tell their keys apart. */
export function newApiKey(): { key: string; prefix: string; hash: Buffer } {
  const prefix = `rg_${randomBytes(6).toString("base64url")}`
  const key = prefix + newToken()
  return { key, prefix, hash: hashOf(key) }
}
