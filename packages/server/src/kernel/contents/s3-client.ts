import { setTimeout as sleep } from "node:timers/promises"
import { AwsClient } from "aws4fetch"
import { AppError } from "../errors.ts"

/** A place in an S3-compatible store, with what opens it. */
export interface S3Place {
  bucket: string
  /** Beginning of all names, empty or with a slash at its end. */
  folder: string
  region: string
  /** Address of a store other than Amazon's. */
  endpoint: string | undefined
  accessKeyId: string
  secretAccessKey: string
  sessionToken: string | undefined
}
export interface S3Timing {
  /** Milliseconds until an answer must have begun. */
  patience: number
  /** Milliseconds before the second try; doubled before each further one. */
  pause: number
}
const tries = 4
/** Milliseconds that somebody waits for what is tried once. */
const shortPatience = 3000

interface S3Request {
  method: "GET" | "HEAD" | "PUT" | "DELETE"
  /** Below the place; the bucket itself when absent. */
  key?: string
  query?: Record<string, string>
  headers?: Record<string, string>
  body?: Blob
  /** Somebody waits: what may pass is tried once, and for a few seconds. */
  once?: boolean
  /** Asked at the start, when what is refused shows a wrong setting. Later on it may end by itself: a token, a clock. */
  isCheck?: boolean
}
/** Answers 2xx, or undefined where there is nothing of that name. Throws `unavailable`; a check an Error that names the setting for what is refused. */
export type S3Send = (request: S3Request) => Promise<Response | undefined>

/** Signs requests to a store, and tries again what may pass. Says nothing of the credentials, whatever fails. */
export function s3Client(place: S3Place, { patience, pause }: S3Timing): S3Send {
  const { region, accessKeyId, secretAccessKey, sessionToken } = place
  const base = addressOf(place)
  const signer = new AwsClient({
    accessKeyId,
    secretAccessKey,
    ...(sessionToken && { sessionToken }),
    service: "s3",
    region,
  })
  const once = async ({ method, key, query = {}, headers = {}, body, once: isShort }: S3Request) => {
    const url = new URL(base + (key === undefined ? "" : place.folder + key))
    for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value)
    const signed = await signer.sign(url.href, { method, headers })
    // Ends the wait for an answer, not the reading of it: whoever reads may be slow.
    const wait = new AbortController()
    const most = isShort ? Math.min(patience, shortPatience) : patience
    const timer = setTimeout(() => wait.abort(), most + (body?.size ?? 0) / slowest)
    try {
      return await fetch(signed.url, {
        method,
        headers: signed.headers,
        redirect: "manual",
        signal: wait.signal,
        ...(body && { body }),
      })
    } finally {
      clearTimeout(timer)
    }
  }
  return async (request) => {
    for (let left = request.once ? 0 : tries - 1; ; left--) {
      const answer = await once(request).catch((error: unknown) => error as Error)
      if (!(answer instanceof Error)) {
        if (answer.ok) return answer
        const code = await faultOf(answer)
        if (answer.status === 404 && request.key !== undefined && code !== "NoSuchBucket") return undefined
        const reason = `${answer.status} ${code}`
        const isRefused = answer.status < 500 && !passing.includes(answer.status) && code !== "RequestTimeout"
        if (isRefused && request.isCheck) throw wrongSetting(reason)
        if (isRefused || left === 0) throw away(reason)
      } else if (left === 0) throw away(reasonOf(answer))
      await sleep(pause * 2 ** (tries - 1 - left))
    }
  }
}
/** Answers after which the same request may be taken: somebody else is at it, or too many are. */
const passing = [409, 429]
/** Beginning of the addresses of what lies in the bucket. The certificate of Amazon's does not hold for names with a dot before it. */
export function addressOf({
  bucket,
  endpoint,
  region,
}: Pick<S3Place, "bucket" | "endpoint" | "region">): string {
  if (endpoint) return `${endpoint}/${bucket}/`
  const host = `s3.${region}.amazonaws.com`
  return bucket.includes(".") ? `https://${host}/${bucket}/` : `https://${bucket}.${host}/`
}

/** Bytes a millisecond at which content must arrive at least. */
const slowest = 100

/** The store's own word for what is wrong, of which nothing but letters is believed. */
async function faultOf(answer: Response): Promise<string> {
  const text = await answer.text().catch(() => "")
  return /<Code>([A-Za-z0-9]{1,60})<\/Code>/.exec(text)?.[1] ?? ""
}
function reasonOf(error: Error): string {
  const { code } = (error.cause ?? {}) as { code?: string }
  // Nothing but codes: a message may hold the address, and more.
  return error.name === "AbortError" ? "no answer in time" : (code ?? "no connection")
}
function wrongSetting(answer: string): Error {
  return new Error(
    `The setting REGULARS_FILES, or what opens it, is not usable: the store answers ${answer.trim()}.`,
  )
}
/** What may pass: the store is away, or in trouble. */
export function away(reason: string): AppError {
  return new AppError("unavailable", {
    detail: `The store of files does not answer as it should (${reason.trim()}). Try again in a moment.`,
    retryAfter: 5,
  })
}
