import { isAbsolute, resolve } from "node:path"
import { z } from "zod"

const portMessage = "must be a number from 0 to 65535"
const port = z.coerce.number(portMessage).int(portMessage).min(0, portMessage).max(65_535, portMessage)
const flag = z
  .enum(["true", "false", "1", "0", ""], "must be true or false")
  .transform((value) => value === "true" || value === "1")
const postgresUrl = z.string().regex(/^postgres(ql)?:\/\//, "must begin with postgres://")
const schema = z.object({
  PORT: port.default(3000),
  HOST: z.string().min(1).default("127.0.0.1"),
  PUBLIC_URL: z
    .url({ protocol: /^https?$/, error: "must be a whole address such as https://crm.example.com" })
    .optional(),
  REGULARS_DATA: z.string().min(1).optional(),
  DATABASE_URL: postgresUrl.optional(),
  DATABASE_DIRECT_URL: postgresUrl.optional(),
  DATABASE_REPLICA_URL: postgresUrl.optional(),
  ROLE: z.enum(["all", "web", "worker"], "must be all, web or worker").default("all"),
  SECRET_FILE: z.string().min(1).optional(),
  SMTP_URL: z
    .string()
    .regex(/^smtps?:\/\//, "must begin with smtp:// or smtps://")
    .optional(),
  INSIDE_HOSTS: z
    .string()
    .regex(
      /^[^\s/@,]+(\s*,\s*[^\s/@,]+)*$/,
      "must be hosts such as login.lan or login.lan:8443, with commas between",
    )
    .optional(),
  SCAN_COMMAND: z.string().trim().min(1).optional(),
  MAIL_FROM: z.string().min(3).optional(),
  ALLOW_INSECURE_LAN: flag.default(false),
  LOG_LEVEL: z
    .enum(
      ["fatal", "error", "warn", "info", "debug", "trace", "silent"],
      "must be fatal, error, warn, info, debug, trace or silent",
    )
    .default("info"),
  REGULARS_DEV: flag.default(false),
})

export interface Config {
  port: number
  host: string
  /** Address people use, without a slash at the end; undefined means "as the request says". */
  publicUrl: string | undefined
  /** Folder asked for; undefined means the default place. */
  dataDir: string | undefined
  databaseUrl: string | undefined
  databaseDirectUrl: string | undefined
  role: "all" | "web" | "worker"
  secretFile: string | undefined
  smtpUrl: string | undefined
  mailFrom: string | undefined
  /** Hosts of the operator's own network that addresses in the settings may name, each with its port if it has one. */
  insideHosts: readonly string[]
  /** Looks at each uploaded file, whose path is its last word. */
  scanCommand: string | undefined
  allowInsecureLan: boolean
  logLevel: string
  dev: boolean
}

/** Reads the settings from the environment. Throws one Error with one line that names the wrong value. */
export function readConfig(environment: Record<string, string | undefined> = process.env): Config {
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ""))
  const result = schema.safeParse(given)
  if (!result.success) {
    const issue = result.error.issues[0]
    const name = String(issue?.path[0])
    // Addresses of databases and mail servers hold passwords, and what is said here may be kept in a log.
    const shown = /@/.test(given[name] ?? "") ? name : `${name}=${JSON.stringify(given[name])}`
    throw new Error(`The setting ${shown} is not usable: it ${issue?.message}.`)
  }
  const value = result.data
  return {
    port: value.PORT,
    host: value.HOST,
    publicUrl: value.PUBLIC_URL?.replace(/\/+$/, ""),
    dataDir: absolute(value.REGULARS_DATA),
    databaseUrl: value.DATABASE_URL,
    databaseDirectUrl: value.DATABASE_DIRECT_URL,
    role: value.ROLE,
    secretFile: absolute(value.SECRET_FILE),
    smtpUrl: value.SMTP_URL,
    mailFrom: value.MAIL_FROM,
    insideHosts: (value.INSIDE_HOSTS ?? "")
      .toLowerCase()
      .split(/\s*,\s*/)
      .filter(Boolean),
    scanCommand: value.SCAN_COMMAND,
    allowInsecureLan: value.ALLOW_INSECURE_LAN,
    logLevel: value.LOG_LEVEL,
    dev: value.REGULARS_DEV,
  }
}

function absolute(path: string | undefined): string | undefined {
  if (path === undefined) return undefined
  return isAbsolute(path) ? path : resolve(path)
}

/** Where the person stands who called: npm runs us in the project's folder, wherever it was called. */
export function callersFolder(): string {
  return process.env.INIT_CWD ?? process.cwd()
}
