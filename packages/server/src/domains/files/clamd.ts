import { createReadStream } from "node:fs"
import { connect } from "node:net"
import { Readable } from "node:stream"
import { AppError } from "../../kernel/errors.ts"

/** Longer answers than any verdict. */
const longest = 2000

/**
 * Has a running clamd look at a file, which is sent to it part by part. True where it found something, false where it
 * found nothing, undefined where it gave no verdict within `patience` milliseconds. `address` is `host:port`, or the
 * path of a socket. Throws `payload_too_large` where clamd takes no file of this size.
 */
export async function isInfected(
  address: string,
  path: string,
  patience: number,
): Promise<boolean | undefined> {
  const [, host = "", port] = /^\[?([^\]]+)\]?:(\d+)$/.exec(address) ?? []
  const socket = connect(port ? { host, port: Number(port) } : { path: address })
  const timer = setTimeout(() => socket.destroy(new Error("no answer in time")), patience)
  const sent = Readable.from(streamed(path))
  sent.on("error", (error) => socket.destroy(error)).pipe(socket, { end: false })
  let reply = ""
  try {
    for await (const chunk of socket) {
      reply += chunk
      if (reply.endsWith("\0") || reply.length > longest) break
    }
  } catch {
    // It is gone, or has been silent for too long: what it said before is no verdict.
  } finally {
    clearTimeout(timer)
    sent.destroy()
    socket.destroy()
  }
  if (reply.startsWith("INSTREAM size limit exceeded"))
    throw new AppError("payload_too_large", {
      detail:
        "The virus scanner takes no file as large as this one. Whoever runs the server can let it (StreamMaxLength).",
    })
  if (/^stream: [^\0]+ FOUND\0$/.test(reply)) return true
  return reply === "stream: OK\0" ? false : undefined
}

/** Each part with its length before it, an empty one at the end. */
async function* streamed(path: string): AsyncGenerator<Buffer> {
  yield Buffer.from("zINSTREAM\0")
  for await (const chunk of createReadStream(path)) {
    const length = Buffer.alloc(4)
    length.writeUInt32BE(chunk.length)
    yield length
    yield chunk
  }
  yield Buffer.alloc(4)
}
