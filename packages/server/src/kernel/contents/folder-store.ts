import { mkdir, open, readdir, readFile, rename, rm, stat, writeFile } from "node:fs/promises"
import { dirname, join } from "node:path"
import { syncFolder } from "../postgres/files.ts"
import {
  type ContentStore,
  contentKey,
  deleteOld,
  missingContent,
  ownerKey,
  type StoredContent,
} from "./content-store.ts"

/** Keeps contents in the folder `files` of the data folder. */
export function folderStore(dataDir: string): ContentStore {
  const folder = join(dataDir, "files")
  const placeOf = (hash: string) => join(folder, contentKey(hash))
  const waitingRoom = join(folder, "incoming")
  const mark = join(folder, ownerKey)
  const look = async (hash: string): Promise<StoredContent | undefined> => {
    const found = await stat(placeOf(hash)).catch(() => undefined)
    return found && { hash, size: found.size, writtenAt: found.mtime }
  }
  return {
    waitingRoom,
    async take(path, { hash }) {
      const target = placeOf(hash)
      await mkdir(dirname(target), { recursive: true })
      // Also where the same content lies already: the sweeper then sees it as new.
      await rename(path, target)
      await syncFolder(dirname(target))
    },
    async read(hash) {
      const handle = await open(placeOf(hash), "r").catch(() => {
        throw missingContent()
      })
      return handle.createReadStream()
    },
    async pathOf(hash) {
      if (!(await look(hash))) throw missingContent()
      return placeOf(hash)
    },
    look,
    async *list() {
      for (const part of (await namesIn(folder)).filter((name) => /^[0-9a-f]{2}$/.test(name))) {
        const names = (await namesIn(join(folder, part))).filter((name) => /^[0-9a-f]{64}$/.test(name))
        yield (await Promise.all(names.map(look))).flatMap((content) => content ?? [])
      }
    },
    remove: (hash) => rm(placeOf(hash), { force: true }),
    check: async () => undefined,
    isShared: false,
    owner: async () => (await readFile(mark, "utf8").catch(() => "")).trim() || undefined,
    async setOwner(instanceId) {
      if (instanceId === undefined) return rm(mark, { force: true })
      await mkdir(folder, { recursive: true, mode: 0o700 })
      await writeFile(mark, `${instanceId}\n`, { mode: 0o600 })
    },
    tidy: (now) => deleteOld(waitingRoom, now),
  }
}
async function namesIn(path: string): Promise<string[]> {
  return (await readdir(path).catch((): string[] => [])).sort()
}
