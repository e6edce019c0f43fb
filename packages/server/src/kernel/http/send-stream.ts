import { PassThrough, type Writable } from "node:stream"
import type { FastifyReply } from "fastify"
import { disposition } from "./disposition.ts"

/**
 * Sends what `write` writes as a download, while it is written. A fault before the first byte is answered as
 * usual; after it the connection breaks, so that nobody takes half a file for a whole one.
 */
export async function sendStream(
  reply: FastifyReply,
  { type, name }: { type: string; name: string },
  write: (out: Writable) => Promise<void>,
): Promise<void> {
  const out = new PassThrough()
  let failed: unknown
  // Told below, or by the connection that breaks; heard by nobody it would end the process.
  out.on("error", () => undefined)
  const written = write(out).catch((error: unknown) => {
    failed = error
    out.destroy(error as Error)
  })
  await new Promise<void>((resolve) => {
    out.once("readable", resolve)
    out.once("close", resolve)
  })
  if (failed !== undefined) throw failed
  reply.headers({
    "content-type": type,
    "content-disposition": disposition("attachment", name),
    "cache-control": "no-store",
    "x-content-type-options": "nosniff",
  })
  await Promise.all([reply.send(out), written])
}
