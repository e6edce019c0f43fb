import { readdir, readFile, readlink, realpath } from "node:fs/promises"
import { join } from "node:path"

/** Line by line what PostgreSQL notes in `postmaster.pid` about the server that runs on a data folder. */
export type Postmaster = { pid: number; host: string; port: number }

/** The server noted in this data folder, alive or not; undefined when none is noted. */
export async function readPostmaster(data: string): Promise<Postmaster | undefined> {
  const lines = await readFile(join(data, "postmaster.pid"), "utf8").then(
    (text) => text.split("\n").map((line) => line.trim()),
    () => [],
  )
  const [pid, , , port, socketFolder, address] = lines
  if (!pid) return undefined
  return { pid: Number(pid), port: Number(port), host: socketFolder || address || "127.0.0.1" }
}

/**
 * Which server processes live on this data folder (its first process, and children that outlive it for a moment).
 * A noted process id proves nothing: it may be a zombie, or given to another program since.
 */
export async function findServerProcesses(data: string): Promise<number[]> {
  if (process.platform !== "linux") {
    // Without /proc the note has to do; PostgreSQL checks it again itself.
    const noted = await readPostmaster(data)
    return noted && isAlive(noted.pid) ? [noted.pid] : []
  }
  const pids = (await readdir("/proc")).filter((name) => /^\d+$/.test(name)).map(Number)
  const living = await Promise.all(pids.map(async (pid) => ((await isServerProcess(data, pid)) ? [pid] : [])))
  return living.flat()
}

/** Is this process a server on this data folder? It stands there; a zombie stands nowhere. */
export async function isServerProcess(data: string, pid: number): Promise<boolean> {
  if (process.platform !== "linux") return isAlive(pid)
  try {
    if ((await readlink(`/proc/${pid}/cwd`)) !== (await realpath(data))) return false
    return (await readFile(`/proc/${pid}/comm`, "utf8")).trim() === "postgres"
  } catch {
    return false
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM"
  }
}
