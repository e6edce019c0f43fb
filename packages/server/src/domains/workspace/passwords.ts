import { randomBytes } from "node:crypto"
import { hash, verify } from "@node-rs/argon2"
import { invalid } from "../../kernel/errors.ts"
import { commonWords, runs } from "./common-passwords.ts"

const shortestPassword = 10
/** Argon2id, the library's default kind, at a cost of some 30 ms and 19 MiB. */
const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 }
/** Compared with where there is no account, so that the answer takes as long as with one. */
const decoy = hash(randomBytes(32), cost)

export function hashPassword(password: string): Promise<string> {
  return hash(canonical(password), cost)
}
/** Whether `password` is the one of this hash; takes as long, and says no, when there is no hash. */
export async function isPassword(stored: string | null | undefined, password: string): Promise<boolean> {
  const matches = await verify(stored ?? (await decoy), canonical(password))
  return matches && stored != null
}
/** Keyboards write ü as one sign or as two; both are the same password. */
function canonical(password: string): string {
  return password.normalize("NFKC")
}

/**
 * Refuses passwords that guessing begins with. Length is the contract's business.
 * @throws AppError validation_failed for the field at `path`
 */
export function refuseWeakPassword(path: string, password: string, email: string): void {
  if (isCommon(password))
    throw invalid(
      path,
      "common_password",
      "is one of the passwords that are tried first. A short sentence is safer and easy to remember.",
    )
  if (belongsTo(password, email))
    throw invalid(path, "email_password", "is the e-mail address. A short sentence is safer.")
}

const lookalikes: Record<string, string> = {
  0: "o",
  1: "i",
  3: "e",
  4: "a",
  5: "s",
  7: "t",
  "@": "a",
  $: "s",
}
/** Small letters without accents. */
function plain(text: string): string {
  return text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase()
}
/** The word inside: what was put around it is gone, signs that look like letters are letters. */
function wordsOf(text: string): string[] {
  const bare = (value: string) => value.replace(/^[^\p{L}]+|[^\p{L}]+$/gu, "")
  const read = (value: string) => value.replace(/[013457@$]/g, (sign) => lookalikes[sign] ?? sign)
  return [read(bare(text)), bare(read(text))]
}
function isCommon(password: string): boolean {
  const text = plain(password)
  if (new Set(text).size <= 3) return true
  const signs = text.replace(/[^\p{L}\p{N}]/gu, "")
  const backwards = [...signs].reverse().join("")
  if (signs !== "" && runs.some((run) => run.includes(signs) || run.includes(backwards))) return true
  const unit = /^(.+?)\1+$/.exec(text)?.[1] ?? text
  return [...wordsOf(text), ...wordsOf(unit)].some((word) => commonWords.has(word))
}
function belongsTo(password: string, email: string): boolean {
  const text = plain(password)
  const address = plain(email)
  const name = address.split("@")[0] ?? ""
  return text === address || text === name || (name.length >= 4 && wordsOf(text).includes(name))
}

/**
 * The hash of a password for an account that is about to be made from the command line.
 * @throws AppError validation_failed for a weak one, at `owner.password`
 */
export async function newPasswordHash(email: string, password: string): Promise<string> {
  if (password.length < shortestPassword)
    throw invalid("owner.password", "too_short", `must have at least ${shortestPassword} characters`)
  refuseWeakPassword("owner.password", password, email)
  return hashPassword(password)
}
