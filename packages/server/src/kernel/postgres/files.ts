import { randomBytes } from "node:crypto"
import { type FileHandle, lstat, open, rename } from "node:fs/promises"
import type { SystemUser } from "./commands.ts"

/** Is there anything at this path (a dangling link counts)? Other errors than "no such file" are thrown. */
export async function isThere(path: string): Promise<boolean> {
  try {
    await lstat(path)
    return true
  } catch (error) {
    if (["ENOENT", "ENOTDIR"].includes((error as NodeJS.ErrnoException).code ?? "")) return false
    throw error
  }
}

/**
 * Makes an owner-only file that is not there yet. As root we work in folders of the database's user: a name that
 * exists is never opened, since it could be a link to a file of root's.
 */
export async function createFile(path: string, user: SystemUser | undefined): Promise<FileHandle> {
  const file = await open(path, "wx", 0o600)
  if (user) await file.chown(user.uid, user.gid)
  return file
}

/** Puts an owner-only file in place in one step, so that a crash leaves the old one or the new one. */
export async function replaceFile(path: string, text: string, user: SystemUser | undefined): Promise<void> {
  const draft = `${path}.${randomBytes(4).toString("hex")}`
  const file = await createFile(draft, user)
  try {
    await file.writeFile(text)
    await file.sync()
  } finally {
    await file.close()
  }
  await rename(draft, path)
}

/** Makes names in this folder survive a power cut (Windows has no such call and needs none). */
export async function syncFolder(folder: string): Promise<void> {
  if (process.platform === "win32") return
  const handle = await open(folder, "r")
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}
