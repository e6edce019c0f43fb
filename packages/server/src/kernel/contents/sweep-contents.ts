import { mkdir, readdir, rm, stat, utimes, writeFile } from "node:fs/promises"
import { dirname, join } from "node:path"
import type { ContentStore } from "./content-store.ts"

/** Content nobody has a row for is kept this long, in milliseconds: its row may be about to be written. */
const grace = 24 * 60 * 60 * 1000

interface Sweep {
  contents: ContentStore
  now: Date
  /** Which of some hashes a row names. */
  inUse: (hashes: string[]) => Promise<ReadonlySet<string>>
  /** Does the work while nobody gets a row for this content, unless it has one. */
  whileUnused: (hash: string, work: () => Promise<void>) => Promise<void>
}
/**
 * Removes content that no row names and that has lain for a day, at most twice a day however often it is
 * called. Returns the hashes of what was removed.
 */
export async function sweepContents({ contents, now, inUse, whileUnused }: Sweep): Promise<string[]> {
  const { waitingRoom } = contents
  const isOld = (writtenAt: Date) => now.getTime() - writtenAt.getTime() > grace
  if (!(await takeTurn(waitingRoom, now))) return []
  for (const name of await readdir(waitingRoom)) {
    const path = join(waitingRoom, name)
    if (isOld(await timeOf(path))) await rm(path, { force: true })
  }
  const removed: string[] = []
  for await (const page of contents.list()) {
    const old = page.filter(({ writtenAt }) => isOld(writtenAt)).map(({ hash }) => hash)
    const used = old.length === 0 ? new Set() : await inUse(old)
    for (const hash of old.filter((hash) => !used.has(hash)))
      await whileUnused(hash, async () => {
        // It may have come once more since it was listed, and its row not yet.
        const found = await contents.look(hash)
        if (!found || !isOld(found.writtenAt)) return
        await contents.remove(hash)
        removed.push(hash)
      })
  }
  return removed
}

async function takeTurn(waitingRoom: string, now: Date): Promise<boolean> {
  await mkdir(waitingRoom, { recursive: true, mode: 0o700 })
  const marker = join(dirname(waitingRoom), "swept")
  if (now.getTime() - (await timeOf(marker)).getTime() < grace / 2) return false
  await writeFile(marker, "")
  await utimes(marker, now, now)
  return true
}
/** When something was written; what is not there is infinitely old. */
async function timeOf(path: string): Promise<Date> {
  return (await stat(path).catch(() => undefined))?.mtime ?? new Date(0)
}
