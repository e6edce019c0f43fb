import type { Config } from "./kernel/config.ts"

interface Cause {
  code?: string
  message: string
  /** What a library wrapped. */
  cause?: unknown
}

/** Of a message of Node's: what follows the first sentence are hints about spelling. */
export function firstSentence(error: unknown): string {
  return (error as Error).message.split(/\.\s|\n/)[0] as string
}

/** The data folder can't be made, or not be written. */
export function folderProblem(folder: string, error: unknown): Error {
  const { code = "", message } = error as Cause
  const reasons: Record<string, string> = {
    EACCES: "this user may not write there",
    EPERM: "this user may not write there",
    EROFS: "it is on a disk that can only be read",
    ENOSPC: "the disk is full",
    EEXIST: "there is a file of that name",
    ENOTDIR: "a part of the path is a file",
  }
  return new Error(
    `The data folder ${folder} can't be used: ${reasons[code] ?? message}. Put that right, or choose another folder with REGULARS_DATA.`,
    { cause: error },
  )
}

export type DatabaseSetting = "DATABASE_URL" | "DATABASE_DIRECT_URL"

/** The PostgreSQL of a setting can't be used; `setting` is the one whose address was tried. */
export function databaseProblem(config: Config, setting: DatabaseSetting, error: unknown): Error {
  const { code, message } = innermost(error)
  const url = setting === "DATABASE_URL" ? config.databaseUrl : config.databaseDirectUrl
  const { place, user } = describe(url)
  const say = (sentence: string) => new Error(sentence, { cause: error })
  const server = `The PostgreSQL at ${place} (${setting})`
  if (code === "28P01" || code === "28000")
    return say(`${server} refuses the user or the password: ${message}.`)
  if (code === "3D000")
    return say(
      `${server} has no such database: ${message}. Make it there, owned by that user, and start again.`,
    )
  if (code === "42501")
    return say(
      `${server} allows its user too little: ${message}. The user must own the database and may create roles; or an administrator of that server runs, once: create role regulars_app nologin; create role regulars_auth nologin; grant regulars_app, regulars_auth to "${user}" with admin option;`,
    )
  if (code === "0A000" || code === "58P01")
    return say(`${server} lacks a part: ${message}. Its package of "contrib" modules brings it.`)
  if (isUnreachable(code, message))
    return say(
      `${server} can't be reached${message ? `: ${message}` : ""}. Does it run, and is the address right?`,
    )
  return error instanceof Error ? error : say(message)
}
function isUnreachable(code: string | undefined, message: string): boolean {
  return (
    /^(ECONN|ENOTFOUND|EAI_|ETIMEDOUT|EHOST|ENET|ENOENT|08|57P0)/.test(code ?? "") ||
    /^(timeout expired|timeout exceeded|Connection terminated|The server does not support SSL)/.test(message)
  )
}
/** The library that migrates wraps what the database said. */
function innermost(error: unknown): Cause {
  const outer = error as Cause
  return outer.cause instanceof Error ? innermost(outer.cause) : outer
}
/** Without the password. */
function describe(url: string | undefined): { place: string; user: string } {
  try {
    const { host, pathname, username } = new URL((url ?? "").replace("@/", "@localhost/"))
    return { place: `${host || "localhost"}${pathname}`, user: decodeURIComponent(username) || "postgres" }
  } catch {
    return { place: "the address given", user: "its user" }
  }
}

/** The address to listen at can't be had. */
export function listenProblem({ host, port }: Config, error: unknown): Error {
  const { code } = error as Cause
  const free = port === 65_535 ? 3000 : Math.max(port + 1, 1024)
  const sentences: Record<string, string> = {
    EADDRINUSE: `Port ${port} is taken by another program. Stop it, or choose another: PORT=${free} npm start`,
    EACCES: `Port ${port} is for administrators only. Choose one from 1024: PORT=3000 npm start`,
    EADDRNOTAVAIL: `HOST=${host} is not an address of this computer. 127.0.0.1 answers this computer only, 0.0.0.0 the whole network.`,
    ENOTFOUND: `HOST=${host} is not known. 127.0.0.1 answers this computer only, 0.0.0.0 the whole network.`,
  }
  const sentence = sentences[code ?? ""]
  return sentence === undefined ? (error as Error) : new Error(sentence, { cause: error })
}
