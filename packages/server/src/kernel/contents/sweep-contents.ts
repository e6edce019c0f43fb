import { mkdir, rm, stat, utimes, writeFile } from "node:fs/promises"
import { dirname, join } from "node:path"
import type { ContentStore } from "./content-store.ts"

/** Content nobody has a row for is kept this long, in milliseconds: its row may be about to be written. */
const grace = 24 * 60 * 60 * 1000

interface Sweep {
  contents: ContentStore
  now: Date
  /** Whether what lies there may be deleted by this installation. Asked once it is its turn. */
  isOurs: () => Promise<boolean>
  /** Which of some hashes a row names. */
  inUse: (hashes: string[]) => Promise<ReadonlySet<string>>
  /** Does the work while nobody gets a row for this content, unless it has one. */
  whileUnused: (hash: string, work: () => Promise<void>) => Promise<void>
  /** Deletes what was made of content that is about to go. */
  forget: (hash: string) => Promise<void>
}
/**
 * Removes content that no row names and that has lain for a day, at most twice a day however often it is called; what
 * fails has not had its turn. Returns how many were removed.
 */
export async function sweepContents(sweep: Sweep): Promise<number> {
  const marker = join(dirname(sweep.contents.waitingRoom), "swept")
  if (!(await takeTurn(marker, sweep.now))) return 0
  try {
    return (await sweep.isOurs()) ? await removeUnused(sweep) : 0
  } catch (error) {
    await rm(marker, { force: true })
    throw error
  }
}

async function removeUnused({ contents, now, inUse, whileUnused, forget }: Sweep): Promise<number> {
  const isOld = (writtenAt: Date) => now.getTime() - writtenAt.getTime() > grace
  let removed = 0
  for await (const page of contents.list()) {
    const old = page.filter(({ writtenAt }) => isOld(writtenAt)).map(({ hash }) => hash)
    const used = old.length === 0 ? new Set() : await inUse(old)
    for (const hash of old.filter((hash) => !used.has(hash)))
      await whileUnused(hash, async () => {
        // It may have come once more since it was listed, and its row not yet.
        const found = await contents.look(hash, { once: true })
        if (!found || !isOld(found.writtenAt)) return
        await forget(hash)
        await contents.remove(hash)
        removed += 1
      })
  }
  return removed
}

async function takeTurn(marker: string, now: Date): Promise<boolean> {
  await mkdir(dirname(marker), { recursive: true, mode: 0o700 })
  const last = (await stat(marker).catch(() => undefined))?.mtimeMs ?? 0
  if (now.getTime() - last < grace / 2) return false
  await writeFile(marker, "")
  await utimes(marker, now, now)
  return true
}
