import { randomBytes } from "node:crypto"
import { hashRaw } from "@node-rs/argon2"
import { Secret, TOTP } from "otpauth"
import type { HashedCodes } from "./factors.queries.ts"

/** Seconds a code of the app stands for; clocks may be one such step apart. */
const period = 30
const skew = 1

export function newSecret(): string {
  return new Secret({ size: 20 }).base32
}
/** What the QR code says to the app. */
export function urlOf(secret: string, email: string): string {
  return totp(secret, email).toString()
}
/** The step of time that a code is for; null for one that is wrong or too old. */
export function stepOf(secret: string, code: string, now: Date): number | null {
  const timestamp = now.getTime()
  const delta = totp(secret).validate({ token: code, timestamp, window: skew })
  return delta === null ? null : Math.floor(timestamp / (period * 1000)) + delta
}
function totp(secret: string, label = ""): TOTP {
  return new TOTP({ issuer: "Regulars", label, period, secret: Secret.fromBase32(secret) })
}

/** Without signs that look alike; 32 of them. */
const signs = "abcdefghijkmnpqrstuvwxyz23456789"
/** Argon2id, the library's default kind. */
const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 }

/** Ten codes to keep on paper, such as `k7m2x-p9q4r`: 50 random bits each, behind a slow hash. */
export async function newRecoveryCodes(): Promise<{ codes: string[]; hashed: HashedCodes }> {
  const codes = Array.from({ length: 10 }, () => {
    const text = Array.from(randomBytes(10), (byte) => signs[byte % signs.length]).join("")
    return `${text.slice(0, 5)}-${text.slice(5)}`
  })
  const salt = randomBytes(16)
  return { codes, hashed: { salt, hashes: await Promise.all(codes.map((code) => hashCode(code, salt))) } }
}
export function hashCode(code: string, salt: Buffer): Promise<Buffer> {
  return hashRaw(plain(code), { ...cost, salt })
}
/** As it is compared, however it was written down. */
export function plain(code: string): string {
  return code.toLowerCase().replace(/[^a-z0-9]/g, "")
}
