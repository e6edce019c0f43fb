import type { Config } from "./config.ts"
import type { Log } from "./context.ts"
import type { Pools } from "./db/pools.ts"
import type { TransactionSource } from "./db/transaction.ts"
import type { LiveHub } from "./live.ts"
import type { Registry } from "./registry.ts"

/** A mail of the product itself (reset, invitation). */
export interface SystemMail {
  to: string
  subject: string
  text: string
}
/** What one running process has; made once in `main.ts` and by tests. */
export interface Services {
  config: Config
  pools: Pools
  /** Source of the transactions of requests and jobs. */
  database: TransactionSource
  registry: Registry
  live: LiveHub
  log: Log
  /** The only clock. */
  now: () => Date
  /** Where files and staging lie. */
  dataDir: string
  /** Distinguishes installations on one host, in cookie names. */
  instanceId: string
  /** Sends a mail of the product; undefined where no SMTP server is set. */
  sendMail?: ((mail: SystemMail) => Promise<void>) | undefined
}
