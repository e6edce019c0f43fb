import { createHash, createHmac } from "node:crypto"
import { createServer, type IncomingMessage, type ServerResponse } from "node:http"
import type { AddressInfo } from "node:net"
import { buffer } from "node:stream/consumers"

/** What a store does wrong with one request. */
export type Fault = "409" | "500" | "503" | "silent" | "cut off" | "other content" | "dropped"
export interface S3StandIn {
  endpoint: string
  /** What lies in it, by bucket and key. */
  objects: Map<string, { content: Buffer; writtenAt: Date }>
  /** Each request takes the first; a request beyond them is answered well. */
  faults: Fault[]
  /** Requests are answered when this has come. */
  held: Promise<void> | undefined
  /** What was asked for, as `GET /bucket/key`. */
  requests: string[]
  /** Settings that open it. */
  environment: Record<string, string>
  close(): Promise<void>
}
const accessKeyId = "AKIDSTANDIN"
export const secretAccessKey = "a/secret+nobody=should/ever+see"
const region = "eu-central-1"
/** Names in one listing, however many are asked for. */
const listedAtOnce = 3

/** A small store that speaks S3 over HTTP: it checks signature and checksum of each request, and fails as it is told. */
export async function startS3StandIn(): Promise<S3StandIn> {
  const store: S3StandIn = {
    endpoint: "",
    objects: new Map(),
    faults: [],
    held: undefined,
    requests: [],
    environment: {},
    close: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
  const server = createServer(async (request, answer) => {
    const body = await buffer(request).catch(() => undefined)
    if (body) await respond(store, request, answer, body)
  })
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
  store.endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  store.environment = {
    REGULARS_FILES: "s3://shop-files/regulars",
    AWS_ENDPOINT_URL_S3: store.endpoint,
    AWS_REGION: region,
    AWS_ACCESS_KEY_ID: accessKeyId,
    AWS_SECRET_ACCESS_KEY: secretAccessKey,
  }
  return store
}

async function respond(
  store: S3StandIn,
  request: IncomingMessage,
  answer: ServerResponse,
  body: Buffer,
): Promise<void> {
  const url = new URL(request.url ?? "/", store.endpoint)
  store.requests.push(`${request.method} ${url.pathname}`)
  const fault = store.faults.shift()
  await store.held
  if (fault === "silent") return
  const signature = /Signature=([0-9a-f]{64})$/.exec(authorization(request))?.[1]
  const [, bucket, ...names] = url.pathname.split("/")
  if (fault === "dropped") request.socket.destroy()
  else if (fault === "409") refuse(answer, 409, "OperationAborted")
  else if (fault === "500" || fault === "503") refuse(answer, Number(fault), "SlowDown")
  else if (signatureOf(request, url) !== signature) refuse(answer, 403, "SignatureDoesNotMatch")
  else if (bucket !== "shop-files") refuse(answer, 404, "NoSuchBucket")
  else if (names.join("/") === "") list(store, answer, url)
  else perform(store, request, answer, { key: url.pathname.slice(1), body, fault })
}

function perform(
  { objects }: S3StandIn,
  { method, headers }: IncomingMessage,
  answer: ServerResponse,
  { key, body, fault }: { key: string; body: Buffer; fault: Fault | undefined },
): void {
  const found = objects.get(key)
  if (method === "PUT" && headers["x-amz-content-sha256"] !== sha256(body))
    refuse(answer, 400, "XAmzContentSHA256Mismatch")
  else if (method === "PUT") {
    objects.set(key, { content: body, writtenAt: new Date() })
    answer.end()
  } else if (method === "DELETE") {
    objects.delete(key)
    answer.writeHead(204).end()
  } else if (found) give(answer, method === "HEAD", { ...found, fault })
  else refuse(answer, 404, "NoSuchKey")
}
function give(
  answer: ServerResponse,
  headAlone: boolean,
  { content: kept, writtenAt, fault }: { content: Buffer; writtenAt: Date; fault: Fault | undefined },
): void {
  const content = Buffer.from(kept)
  if (fault === "other content") content.writeUInt8(content.readUInt8(0) ^ 1, 0)
  answer.writeHead(200, { "content-length": content.length, "last-modified": writtenAt.toUTCString() })
  if (fault === "cut off") answer.write(content.subarray(0, content.length / 2), () => answer.destroy())
  else answer.end(headAlone ? undefined : content)
}

function list({ objects }: S3StandIn, answer: ServerResponse, { pathname, searchParams }: URL): void {
  const bucket = `${pathname.split("/")[1]}/`
  const first = (searchParams.get("prefix") ?? "") as string
  const after = searchParams.get("start-after") ?? ""
  const names = [...objects.keys()]
    .map((key) => key.slice(bucket.length))
    .filter((name) => name.startsWith(first) && name > after)
    .sort()
  const page = names.slice(0, Math.min(listedAtOnce, Number(searchParams.get("max-keys"))))
  const entries = page.map((name) => {
    const { content, writtenAt } = objects.get(bucket + name)!
    const key = encodeURIComponent(name).replaceAll("%2F", "/").replaceAll("%20", "+")
    return `<Contents><Key>${key}</Key><LastModified>${writtenAt.toISOString()}</LastModified><ETag>&quot;x&quot;</ETag><Size>${content.length}</Size></Contents>`
  })
  answer.end(
    `<?xml version="1.0" encoding="UTF-8"?>\n<ListBucketResult><IsTruncated>${page.length < names.length}</IsTruncated>${entries.join("\n")}</ListBucketResult>`,
  )
}
function refuse(answer: ServerResponse, status: number, code: string): void {
  answer
    .writeHead(status, { "content-type": "application/xml" })
    .end(`<Error><Code>${code}</Code><Message>No.</Message></Error>`)
}

const sha256 = (content: Buffer | string) => createHash("sha256").update(content).digest("hex")
const hmac = (key: Buffer | string, text: string) => createHmac("sha256", key).update(text).digest()
const authorization = ({ headers }: IncomingMessage) => String(headers.authorization ?? "")

/** What the signature (version 4) of a request must be; empty where it leaves out what has to be signed. */
function signatureOf(request: IncomingMessage, url: URL): string {
  const { headers, method } = request
  const [, key, day = "", signed = ""] =
    /^AWS4-HMAC-SHA256 Credential=(\w+)\/(\d{8})\/eu-central-1\/s3\/aws4_request, ?SignedHeaders=([a-z0-9;-]+), ?Signature=/.exec(
      authorization(request),
    ) ?? []
  const names = signed.split(";")
  const isWhole = ["host", "x-amz-content-sha256", "x-amz-date"].every((name) => names.includes(name))
  if (key !== accessKeyId || !isWhole) return ""
  const query = [...url.searchParams]
    .map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`)
    .sort()
  const asked = [
    method,
    url.pathname,
    query.join("&"),
    ...names.map((name) => `${name}:${String(headers[name]).trim()}`),
    "",
    signed,
    headers["x-amz-content-sha256"],
  ].join("\n")
  const scope = `${day}/${region}/s3/aws4_request`
  const text = ["AWS4-HMAC-SHA256", headers["x-amz-date"], scope, sha256(asked)].join("\n")
  const last = [day, region, "s3", "aws4_request"].reduce<Buffer | string>(hmac, `AWS4${secretAccessKey}`)
  return hmac(last, text).toString("hex")
}
