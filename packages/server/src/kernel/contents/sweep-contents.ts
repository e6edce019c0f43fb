import { mkdir, readFile, stat, utimes, writeFile } from "node:fs/promises"
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
  const turn = turnOf(sweep.contents)
  if (!(await turn.begin(sweep.now))) return 0
  try {
    const removed = (await sweep.isOurs()) ? await removeUnused(sweep) : 0
    await turn.end(sweep.now)
    return removed
  } catch (error) {
    await turn.giveBack()
    throw error
  }
}
/** Whether a sweep ended with its process; the next call of `sweepContents` then has a turn. To be asked at the start. */
export async function wasCutShort(contents: ContentStore): Promise<boolean> {
  const turn = turnOf(contents)
  if (!(await turn.isUnderWay())) return false
  await turn.giveBack()
  return true
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

/** Noted in a file beside the contents: when the last turn was, and whether it has ended. */
function turnOf({ waitingRoom }: ContentStore) {
  const path = join(dirname(waitingRoom), "swept")
  const note = async (text: string, at: Date) => {
    await mkdir(dirname(path), { recursive: true, mode: 0o700 })
    await writeFile(path, text)
    await utimes(path, at, at)
  }
  return {
    async begin(now: Date): Promise<boolean> {
      const last = (await stat(path).catch(() => undefined))?.mtimeMs ?? 0
      const isDue = now.getTime() - last >= grace / 2
      if (isDue) await note(underWay, now)
      return isDue
    },
    end: (now: Date) => note("", now),
    giveBack: () => note(underWay, new Date(0)),
    isUnderWay: async () => (await readFile(path, "utf8").catch(() => "")) === underWay,
  }
}
const underWay = "under way\n"
