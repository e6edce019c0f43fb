import { lookup as resolve } from "node:dns"
import { type IncomingMessage, request as requestPlain } from "node:http"
import { request as requestSecure } from "node:https"
import { isIP, type LookupFunction } from "node:net"
import type { Config } from "../config.ts"
import { isPublicAddress } from "./outside-address.ts"

/** Milliseconds for everything, and bytes of an answer. */
const patience = 10_000
const largest = 1024 * 1024

export interface OutsideRequest {
  method: string
  headers: Record<string, string>
  body?: string | Uint8Array | null | undefined
}
export type OutsideFetch = (url: string, request: OutsideRequest) => Promise<Response>

/** Whether the operator has said that settings may name this host of their own network. */
export function isInside({ insideHosts }: Pick<Config, "insideHosts">, { host }: URL): boolean {
  return insideHosts.includes(host)
}
/**
 * Fetches what an address in the settings names, without becoming a way into the network around the server: https
 * only, to addresses of the internet, which are looked at when the connection is made, so that a name can't change
 * its mind. Redirects are answered as they are. Hosts the operator has named are let through, also by http. Rejects
 * with an Error that says nothing of what is there, after ten seconds and beyond a megabyte.
 */
export function createOutsideFetch(config: Pick<Config, "insideHosts">): OutsideFetch {
  return async (address, { method, headers, body }) => {
    const url = new URL(address)
    const inside = isInside(config, url)
    requireAllowed(url, inside)
    const begin = url.protocol === "https:" ? requestSecure : requestPlain
    const signal = AbortSignal.timeout(patience)
    return await new Promise<Response>((settle, fail) => {
      const sent = begin(
        url,
        {
          method,
          headers: { ...headers, "accept-encoding": "identity" },
          signal,
          agent: false,
          ...(!inside && { lookup: lookupPublic }),
        },
        (answer) => readAnswer(answer).then(settle, fail),
      )
      sent.on("error", fail)
      sent.end(body ?? undefined)
    })
  }
}

function requireAllowed(url: URL, inside: boolean): void {
  if (url.username !== "" || url.password !== "") throw new Error("An address must not carry a password.")
  if (url.protocol !== "https:" && !(inside && url.protocol === "http:"))
    throw new Error("Only https addresses are fetched.")
  const literal = url.hostname.replace(/^\[|\]$/g, "")
  if (!inside && isIP(literal) !== 0 && !isPublicAddress(literal)) throw notOutside()
}
function notOutside(): Error {
  return new Error("This host is not on the internet, and INSIDE_HOSTS does not name it.")
}
/** As the system resolves, but for names that lead inside: the address that was looked at is the one connected to. */
const lookupPublic: LookupFunction = (hostname, options, done) => {
  resolve(hostname, { ...options, all: true }, (error, addresses) => {
    if (error) return done(error, "")
    const [first] = addresses
    if (!first || !addresses.every(({ address }) => isPublicAddress(address))) return done(notOutside(), "")
    if (options.all) done(null, addresses)
    else done(null, first.address, first.family)
  })
}
async function readAnswer(answer: IncomingMessage): Promise<Response> {
  const parts: Buffer[] = []
  let size = 0
  for await (const part of answer as AsyncIterable<Buffer>) {
    size += part.length
    if (size > largest) throw new Error("The answer is too large.")
    parts.push(part)
  }
  const status = answer.statusCode ?? 500
  const headers = new Headers()
  for (const [name, value] of Object.entries(answer.headers))
    if (value !== undefined) headers.set(name, [value].flat().join(", "))
  const hasBody = ![101, 204, 205, 304].includes(status)
  return new Response(hasBody ? Buffer.concat(parts) : null, { status, headers })
}
