import { run, type SystemUser } from "./commands.ts"
import type { Log } from "./log.ts"
import { PostgresProblem } from "./problem.ts"

const name = "regulars"

/** PostgreSQL refuses to run as root: finds the system user `regulars`, making it when it is not there yet. */
export async function ensureSystemUser(log: Log): Promise<SystemUser> {
  const known = await findUser(name)
  if (known) return known
  await run("useradd", ["--system", "--no-create-home", "--shell", "/usr/sbin/nologin", name]).catch(() => {})
  // Looked up whatever useradd answered: another start may have made the user at the same moment.
  const made = await findUser(name)
  if (made) {
    log.info(`Made the system user "${name}", which runs the database (PostgreSQL refuses to run as root).`)
    return made
  }
  const nobody = await findUser("nobody")
  if (!nobody) {
    throw new PostgresProblem(
      `PostgreSQL refuses to run as root, and no system user "${name}" could be made. Start Regulars as an ordinary user, or set DATABASE_URL.`,
    )
  }
  log.warn(
    `No system user "${name}" could be made, so the database runs as "nobody", which other programs may use as well.`,
  )
  return nobody
}

async function findUser(name: string): Promise<SystemUser | undefined> {
  try {
    return { name, uid: Number(await run("id", ["-u", name])), gid: Number(await run("id", ["-g", name])) }
  } catch {
    return undefined
  }
}
