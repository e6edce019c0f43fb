import { join } from "node:path"
import { DatabaseSync } from "node:sqlite"
import { setTimeout as sleep } from "node:timers/promises"
import { createFile } from "./files.ts"
import type { Place } from "./placement.ts"
import { PostgresProblem } from "./problem.ts"

/**
 * Who uses the embedded database, and whose turn it is to start or stop it.
 *
 * Both are locks of the operating system on two empty files, taken through SQLite, the one way to them that Node
 * ships. The system drops a lock with its process, however that dies, so there is no stale entry to judge: process
 * ids are given out again, and mean nothing between containers that share a volume.
 */
const patienceInSeconds = 150

// A lock lives as long as its connection: kept here so that the garbage collector never closes one.
const held = new Set<DatabaseSync>()

/** Runs `work` while no other process starts or stops this database. */
export async function withLock<Result>(place: Place, work: () => Promise<Result>): Promise<Result> {
  const lock = await openLockFile(place, "lock")
  try {
    const deadline = Date.now() + patienceInSeconds * 1000
    while (!isTaken(lock, "BEGIN EXCLUSIVE")) {
      if (Date.now() > deadline) {
        throw new PostgresProblem(
          `Another process has been starting or stopping the database in ${place.home} for ${patienceInSeconds} seconds.`,
        )
      }
      await sleep(20)
    }
    return await work()
  } finally {
    lock.close()
    held.delete(lock)
  }
}

export type Lease = {
  /** Gives the lease back and tells whether it was the last one. Call it under the lock. */
  release: () => Promise<boolean>
}

/** Notes that this process uses the database. Call it under the lock. */
export async function takeLease(place: Place): Promise<Lease> {
  const lease = await openLockFile(place, "leases")
  lease.exec("BEGIN")
  lease.prepare("SELECT count(*) FROM sqlite_schema").get()
  return {
    async release() {
      lease.close()
      held.delete(lease)
      const probe = await openLockFile(place, "leases")
      try {
        return isTaken(probe, "BEGIN EXCLUSIVE")
      } finally {
        probe.close()
        held.delete(probe)
      }
    },
  }
}

async function openLockFile(place: Place, name: string): Promise<DatabaseSync> {
  const path = join(place.home, name)
  // Never opened a second time by other means: closing that handle would drop the locks of this process.
  const created = await createFile(path, place.user).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== "EEXIST") throw error
  })
  await created?.close()
  const file = new DatabaseSync(path, { timeout: 0 })
  held.add(file)
  return file
}

function isTaken(file: DatabaseSync, statement: string): boolean {
  try {
    file.exec(statement)
    return true
  } catch (error) {
    const busy = 5
    if ((error as { errcode?: number }).errcode === busy) return false
    throw error
  }
}
