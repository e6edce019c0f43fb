import type { ServerResponse } from "node:http"
import type { FastifyReply, FastifyRequest } from "fastify"
import type { Services } from "../../kernel/context.ts"
import { AppError } from "../../kernel/errors.ts"
import type { Identity, Membership } from "../../kernel/http/identity.ts"
import type { LiveMessage } from "../../kernel/live.ts"
import { withinReach } from "./live.queries.ts"
import { messageFor } from "./live.rules.ts"

/** Keeps proxies from closing a quiet stream, and finds readers that have gone. */
const heartbeat = 20_000
/** A caller proven this long ago is proven again before anything more is told. */
const trusted = 500
const mostPerMember = 20
/** Messages that wait while a caller is proven again. */
const longestQueue = 500

export interface StreamParts {
  services: Services
  request: FastifyRequest
  reply: FastifyReply
  identity: Identity
  membership: Membership
  /** Who sends the request now; remembers for half a second at most. */
  authenticate: (request: FastifyRequest) => Promise<Identity | null>
}
const openStreams = new WeakMap<Services, Set<Stream>>()

/**
 * Answers with a stream of server-sent events until the reader goes, loses their right to it or can't keep up;
 * in every case they come back and fetch anew what they show. Throws `rate_limited` beyond 20 per member.
 */
export function openStream(parts: StreamParts): void {
  const streams = openStreams.get(parts.services) ?? new Set()
  openStreams.set(parts.services, streams)
  const { memberId } = parts.membership
  if ([...streams].filter((stream) => stream.memberId === memberId).length >= mostPerMember)
    throw new AppError("rate_limited", { detail: "Too many windows are open already.", retryAfter: 60 })
  parts.reply.hijack()
  const stream = new Stream(parts, () => streams.delete(stream))
  streams.add(stream)
}
/** Ends every stream of this process, so that it can stop. */
export function endStreams(services: Services): void {
  for (const stream of openStreams.get(services) ?? []) stream.end()
}

class Stream {
  readonly memberId: string
  readonly #parts: StreamParts
  readonly #raw: ServerResponse
  readonly #release: () => void
  #identity: Identity
  #provenAt = performance.now()
  #queue: LiveMessage[] = []
  #isSending = false
  /** The reader has not taken what was written yet. */
  #isBlocked = false
  #hasMissed = false
  #isEnded = false

  constructor(parts: StreamParts, onEnd: () => void) {
    const { services, reply, identity, membership } = parts
    this.memberId = membership.memberId
    this.#parts = parts
    this.#raw = reply.raw
    this.#identity = identity
    const unsubscribe = services.live.subscribe(membership.workspaceId, (message) => this.#receive(message))
    const beat = setInterval(() => void this.#beat(), heartbeat)
    beat.unref()
    this.#release = () => {
      clearInterval(beat)
      unsubscribe()
      onEnd()
    }
    this.#raw.on("drain", () => this.#drained())
    for (const event of ["close", "error"]) this.#raw.on(event, () => this.end())
    this.#raw.writeHead(200, {
      ...(reply.getHeaders() as Record<string, string>),
      "content-type": "text/event-stream; charset=utf-8",
      "cache-control": "no-store, no-transform",
      "x-accel-buffering": "no",
      // Kept for another request, the connection would keep the server from closing.
      connection: "close",
    })
    this.#write("retry: 1000\n\n")
  }

  end(): void {
    if (this.#isEnded) return
    this.#isEnded = true
    this.#release()
    // What a reader does not take would keep the server from closing.
    if (this.#isBlocked) this.#raw.destroy()
    else this.#raw.end()
  }

  #receive(message: LiveMessage): void {
    if (message.type === "ended") {
      if (endsFor(this.#identity, message)) this.end()
    } else if (this.#queue.length >= longestQueue) {
      this.end()
    } else {
      this.#queue.push(message)
      void this.#flush()
    }
  }

  async #flush(): Promise<void> {
    if (this.#isSending) return
    this.#isSending = true
    while (this.#queue.length > 0 && (await this.#mayListen())) {
      const queued = this.#queue.splice(0)
      const reached = this.#identity.membership?.access ? await this.#reached(queued) : queued
      for (const message of reached) {
        const told = messageFor(this.#identity, message)
        if (told && this.#isBlocked) this.#hasMissed = true
        else if (told) this.#write(`data: ${JSON.stringify(told)}\n\n`)
      }
    }
    this.#isSending = false
  }

  async #reached(messages: readonly LiveMessage[]): Promise<readonly LiveMessage[]> {
    return withinReach(this.#parts.services, this.#identity.membership, messages).catch(() => {
      // What could not be proven theirs is not told; a reader who comes back fetches anew.
      this.end()
      return []
    })
  }

  async #beat(): Promise<void> {
    // Nothing was taken since the last beat: nobody is reading.
    if (this.#isBlocked) this.end()
    else if (await this.#mayListen()) this.#write(": still here\n\n")
  }

  /** Proves the caller again where the last proof is too old; ends the stream of one who may no longer listen. */
  async #mayListen(): Promise<boolean> {
    const now = performance.now()
    if (!this.#isEnded && now - this.#provenAt >= trusted) {
      const known = await this.#parts.authenticate(this.#parts.request).catch(() => null)
      const isSame = known?.membership?.memberId === this.memberId
      if (known && isSame) this.#identity = known
      else this.end()
      this.#provenAt = now
    }
    return !this.#isEnded
  }

  #write(text: string): void {
    if (!this.#raw.write(text)) this.#isBlocked = true
  }
  #drained(): void {
    this.#isBlocked = false
    // What was left out can't be made up for; a reader who comes back fetches anew.
    if (this.#hasMissed) this.end()
  }
}

function endsFor(identity: Identity, message: Extract<LiveMessage, { type: "ended" }>): boolean {
  if (message.sessionId !== null) return message.sessionId === identity.sessionId
  return message.memberId !== null && message.memberId === identity.membership?.memberId
}
