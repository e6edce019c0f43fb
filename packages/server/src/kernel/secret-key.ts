import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from "node:crypto"
import { link, mkdtemp, readFile, rm, writeFile } from "node:fs/promises"
import { dirname, join } from "node:path"
import type { Services } from "./context.ts"
import { AppError } from "./errors.ts"

type KeyPlace = Pick<Services, "config" | "dataDir">
const keys = new WeakMap<KeyPlace, Promise<Buffer>>()
const sizes = { key: 32, nonce: 12, tag: 16 }

/**
 * Encrypts what must be read again and stands in the database, so that a copy of the database alone reveals nothing.
 * `purpose` says what it is and whose: sealed for one, it opens for no other.
 */
export async function seal(place: KeyPlace, purpose: string, text: string): Promise<Buffer> {
  const nonce = randomBytes(sizes.nonce)
  const cipher = createCipheriv("aes-256-gcm", await keyFor(place, purpose), nonce)
  const sealed = Buffer.concat([cipher.update(text, "utf8"), cipher.final()])
  return Buffer.concat([nonce, cipher.getAuthTag(), sealed])
}
/** @throws AppError unavailable when this installation's key is not the one it was sealed with */
export async function unseal(place: KeyPlace, purpose: string, sealed: Buffer): Promise<string> {
  const key = await keyFor(place, purpose)
  const tagEnd = sizes.nonce + sizes.tag
  try {
    const decipher = createDecipheriv("aes-256-gcm", key, sealed.subarray(0, sizes.nonce))
    decipher.setAuthTag(sealed.subarray(sizes.nonce, tagEnd))
    return decipher.update(sealed.subarray(tagEnd), undefined, "utf8") + decipher.final("utf8")
  } catch {
    throw new AppError("unavailable", {
      detail:
        "This was encrypted with another key file than the one here (SECRET_FILE, else secret.key in the data folder).",
    })
  }
}

async function keyFor(place: KeyPlace, purpose: string): Promise<Buffer> {
  let key = keys.get(place)
  if (!key) {
    key = readKey(place.config.secretFile ?? join(place.dataDir, "secret.key"))
    keys.set(place, key)
    key.catch(() => keys.delete(place))
  }
  return Buffer.from(hkdfSync("sha256", await key, "", purpose, sizes.key))
}
/** The key in the file, which is made when it is first needed. */
async function readKey(file: string): Promise<Buffer> {
  const text = await readFile(file, "utf8").catch((error: NodeJS.ErrnoException) => {
    if (error.code !== "ENOENT") throw error
    return makeKey(file)
  })
  const key = Buffer.from(text.trim(), "base64url")
  if (key.length !== sizes.key) throw new Error(`The key file ${file} holds no key of Regulars.`)
  return key
}
/** A link appears whole or not at all: processes that begin together end up with the same key. */
async function makeKey(file: string): Promise<string> {
  const folder = await mkdtemp(join(dirname(file), ".secret-"))
  const draft = join(folder, "key")
  await writeFile(draft, `${randomBytes(sizes.key).toString("base64url")}\n`, { mode: 0o600, flush: true })
  await link(draft, file).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== "EEXIST") throw error
  })
  await rm(folder, { recursive: true })
  return await readFile(file, "utf8")
}
