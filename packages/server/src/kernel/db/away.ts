/**
 * Is this error the database not being there for a moment (a restart, a lost connection), as opposed to an answer
 * of it? Nothing has to be looked into: whoever works on in the background tries again, a request answers 503.
 */
export function isDatabaseAway(error: unknown): boolean {
  const { code = "", message = "" } = (error ?? {}) as { code?: string; message?: string }
  return (
    /^(08|57P|53)/.test(code) ||
    /ECONNREFUSED|ECONNRESET|connect ENOENT|EPIPE|Connection terminated|is not queryable|timeout exceeded when trying to connect/.test(
      `${code} ${message}`,
    )
  )
}
