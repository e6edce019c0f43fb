type Write = (details: object | string, message?: string) => void

/** The part of a pino logger that the supervisor uses. */
export type Log = { info: Write; warn: Write; error: Write }
