import { isAbsolute, resolve } from "node:path"
import { z } from "zod"
import type { S3Place } from "./contents/s3-client.ts"

const portMessage = "must be a number from 0 to 65535"
const port = z.coerce.number(portMessage).int(portMessage).min(0, portMessage).max(65_535, portMessage)
const flag = z
  .enum(["true", "false", "1", "0", ""], "must be true or false")
  .transform((value) => value === "true" || value === "1")
const postgresUrl = z.string().regex(/^postgres(ql)?:\/\//, "must begin with postgres://")
const httpUrl = z.url({
  protocol: /^https?$/,
  error: "must be a whole address such as https://crm.example.com",
})
const schema = z.object({
  PORT: port.default(3000),
  HOST: z.string().min(1).default("127.0.0.1"),
  PUBLIC_URL: httpUrl.optional(),
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
  REGULARS_FILES: z
    .string()
    .regex(
      /^s3:\/\/[a-z0-9][a-z0-9.-]{1,61}[a-z0-9](\/[A-Za-z0-9._-]+)*\/?$/,
      "must be s3://bucket or s3://bucket/folder",
    )
    .optional(),
  AWS_REGION: z
    .string()
    .regex(/^[a-z0-9-]+$/, "must be a region such as eu-central-1")
    .default("us-east-1"),
  // What it says may be told to whoever uploads, and nothing but the place is asked for.
  AWS_ENDPOINT_URL_S3: httpUrl
    .refine((text) => !/[@?#]/.test(text), "must be an address without a name, a password, ? or #")
    .optional(),
  AWS_ACCESS_KEY_ID: z.string().optional(),
  AWS_SECRET_ACCESS_KEY: z.string().optional(),
  AWS_SESSION_TOKEN: z.string().optional(),
  SCAN_COMMAND: z.string().trim().min(1).optional(),
  SCAN_CLAMD: z
    .string()
    .regex(/^(\/.+|[^\s/]+:\d{1,5})$/, "must be host:port, or the path of a socket")
    .optional(),
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
  /** Where the contents of files are kept; undefined means the folder `files` of the data folder. */
  files: S3Place | undefined
  /** Looks at each uploaded file, whose path is its last word. */
  scanCommand: string | undefined
  /** The clamd that looks at each uploaded file: `host:port`, or the path of a socket. */
  scanClamd: string | undefined
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
    const isSecret = /[@?#]/.test(given[name] ?? "") || /KEY|TOKEN/.test(name)
    const shown = isSecret ? name : `${name}=${JSON.stringify(given[name])}`
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
    files: filesPlace(value),
    scanCommand: value.SCAN_COMMAND,
    scanClamd: value.SCAN_CLAMD,
    allowInsecureLan: value.ALLOW_INSECURE_LAN,
    logLevel: value.LOG_LEVEL,
    dev: value.REGULARS_DEV,
  }
}

/** Throws one Error with one line where credentials are missing; they are never part of it. */
function filesPlace(value: z.output<typeof schema>): S3Place | undefined {
  if (value.REGULARS_FILES === undefined) return undefined
  const { AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey } = value
  if (!accessKeyId || !secretAccessKey)
    throw new Error("The setting REGULARS_FILES needs AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY beside it.")
  const [bucket = "", ...folders] = value.REGULARS_FILES.slice("s3://".length).split("/").filter(Boolean)
  return {
    bucket,
    folder: folders.map((name) => `${name}/`).join(""),
    region: value.AWS_REGION,
    endpoint: value.AWS_ENDPOINT_URL_S3?.replace(/\/+$/, ""),
    accessKeyId,
    secretAccessKey,
    sessionToken: value.AWS_SESSION_TOKEN,
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
