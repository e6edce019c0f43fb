import { execFile } from "node:child_process"
import { parse } from "node:path"

/** The account PostgreSQL's processes run under when Regulars itself is started by root. */
export type SystemUser = { name: string; uid: number; gid: number }

export type RunOptions = {
  /** Run as this user; needs root. Without it the command runs as ourselves. */
  user?: SystemUser | undefined
  folder?: string
}

// A PGDATA or PGOPTIONS of the person's shell must not steer our server. Windows adds what it needs by itself.
const environment = {
  ...(process.platform === "win32"
    ? {}
    : { PATH: "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin" }),
  LC_ALL: "C",
  TZ: "UTC",
}

/** What `spawn` needs to start a program as `user`, with a folder that the user can stand in. */
export function processOptions({ user, folder }: RunOptions) {
  return {
    cwd: folder ?? parse(process.execPath).root,
    env: environment,
    windowsHide: true,
    ...(user ? { uid: user.uid, gid: user.gid } : {}),
  }
}

/**
 * Runs a program to its end and returns what it printed.
 * @throws Error whose message holds the program's own complaint
 */
export function run(file: string, args: string[], options: RunOptions = {}): Promise<string> {
  return new Promise((resolve, reject) => {
    execFile(file, args, processOptions(options), (error, stdout, stderr) => {
      if (error) reject(new Error(stderr.trim() || error.message, { cause: error }))
      else resolve(stdout.trim())
    })
  })
}
