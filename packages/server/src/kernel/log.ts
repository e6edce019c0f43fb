import pino from "pino"
import type { Config } from "./config.ts"
import type { Log } from "./context.ts"

/** Values of these keys never reach the log, whoever passes them. */
const secrets = ["password", "token", "key", "authorization", "cookie", "email", "emails", "phone", "name"]

/** One JSON line per event on standard error or output; requests are logged by route, without personal data. */
export function createLog(config: Pick<Config, "logLevel">, stream: "stdout" | "stderr" = "stdout"): Log {
  return pino(
    {
      level: config.logLevel,
      redact: { paths: secrets.flatMap((name) => [name, `*.${name}`]), censor: "[hidden]" },
      base: undefined,
      // Of a database error only what explains it: its detail and parameters hold customers' values.
      serializers: {
        err: (error: Error & { code?: string }) => ({
          type: error.name,
          message: error.message,
          code: error.code,
          stack: error.stack,
        }),
      },
    },
    process[stream].isTTY
      ? forPeople(process[stream])
      : pino.destination({ fd: stream === "stdout" ? 1 : 2, sync: true }),
  )
}

/** At a terminal somebody reads along: the sentence alone, and what went wrong below it. */
function forPeople(out: NodeJS.WriteStream): pino.DestinationStream {
  return {
    write(line) {
      const { msg, err, level } = JSON.parse(line) as {
        msg?: string
        err?: { message: string; stack?: string }
        level: number
      }
      if (msg) out.write(`${msg}\n`)
      if (err) out.write(`  ${level >= 50 ? (err.stack ?? err.message) : err.message}\n`)
    },
  }
}
