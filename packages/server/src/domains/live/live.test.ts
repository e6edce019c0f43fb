import { connect } from "node:net"
import { PassThrough } from "node:stream"
import { setTimeout as pause } from "node:timers/promises"
import type { FastifyReply, FastifyRequest } from "fastify"
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest"
import { startTestApp, type TestApp, type TestWorkspace } from "../../../testing/app.ts"
import { roleFor } from "../../kernel/access/testing.ts"
import type { Services } from "../../kernel/context.ts"
import { newId } from "../../kernel/ids.ts"
import { createLiveHub } from "../../kernel/live.ts"
import { addMember } from "../workspace/index.ts"
import { endStreams } from "./index.ts"
import { openStream } from "./stream.ts"
import { identity } from "./testing.ts"

let app: TestApp
let shop: TestWorkspace
let origin: string
beforeAll(async () => {
  app = await startTestApp()
  origin = await app.server.listen({ port: 0, host: "127.0.0.1" })
})
beforeEach(async () => {
  shop = await app.workspace()
})
afterAll(() => app.close())

interface Listener {
  status: number
  headers: Headers
  messages: { type: string; entity?: string; id?: string; version?: number }[]
  text: string
  isEnded: boolean
  stop(): void
}
const listeners: Listener[] = []
afterEach(() => {
  for (const listener of listeners.splice(0)) listener.stop()
})
async function listen(apiKey: string): Promise<Listener> {
  const abort = new AbortController()
  const response = await fetch(`${origin}/api/v1/stream`, {
    headers: { authorization: `Bearer ${apiKey}` },
    signal: abort.signal,
  })
  const listener: Listener = {
    status: response.status,
    headers: response.headers,
    messages: [],
    text: "",
    isEnded: false,
    stop: () => abort.abort(),
  }
  const read = async () => {
    for await (const chunk of response.body!.pipeThrough(new TextDecoderStream())) {
      listener.text += chunk
      listener.messages = [...listener.text.matchAll(/^data: (.*)$/gm)].map((match) =>
        JSON.parse(match[1] as string),
      )
    }
    listener.isEnded = true
  }
  read().catch(() => {
    listener.isEnded = true
  })
  listeners.push(listener)
  return listener
}
const until = (condition: () => boolean) => expect.poll(condition, { timeout: 5000, interval: 10 }).toBe(true)
async function memberKey(role: "viewer" | "member"): Promise<{ memberId: string; apiKey: string }> {
  return addMember(app.services, shop.id, { name: role, email: `${newId()}@example.com`, role })
}

describe("the stream", () => {
  it("tells a member whose role reaches their own records of these alone", async () => {
    const ben = await memberKey("member")
    await shop.owner.patch(`/members/${ben.memberId}`, { roleId: await roleFor(shop.owner, "own") })
    const listener = await listen(ben.apiKey)
    await until(() => listener.text.startsWith("retry"))
    const foreign = (await shop.owner.post("/people", { name: "Of the owner" })).body.data.id
    const handedOver = { name: "Of Ben", ownerId: ben.memberId }
    const own = (await shop.owner.post("/people", handedOver)).body.data.id
    await until(() => listener.messages.some(({ id }) => id === own))
    expect(listener.text).not.toContain(foreign)
  })
  it("tells a member that something is theirs no longer, and not what became of it", async () => {
    const ben = await memberKey("member")
    await shop.owner.patch(`/members/${ben.memberId}`, { roleId: await roleFor(shop.owner, "own") })
    const { id } = (await shop.owner.post("/people", { name: "Of Ben", ownerId: ben.memberId })).body.data
    const shared = (await shop.owner.post("/people", { name: "Shared" })).body.data
    const access = { memberId: ben.memberId, access: "see" }
    const share = (await shop.owner.post(`/people/${shared.id}/shares`, access)).body.data
    const listener = await listen(ben.apiKey)
    await until(() => listener.text.startsWith("retry"))
    const lost = (entity: string) =>
      listener.messages.filter((message) => message.entity === entity && message.id === null)
    await shop.owner.patch(`/people/${shared.id}`, { jobTitle: "Baker" })
    await shop.owner.patch(`/people/${id}`, { ownerId: shop.ownerId })
    await until(() => lost("people").length === 1 && lost("tasks").length === 1)
    await shop.owner.delete(`/people/${shared.id}/shares/${share.id}`)
    await until(() => lost("people").length === 2)
    expect(listener.messages.map((message) => message.id)).toContain(shared.id)
    expect(listener.text).not.toContain(id)
  })
  it("tells what changed by type, id and version, and nothing of what it was", async () => {
    const listener = await listen(shop.apiKey)
    expect(listener.headers.get("content-type")).toBe("text/event-stream; charset=utf-8")
    expect(listener.headers.get("x-content-type-options")).toBe("nosniff")
    await until(() => listener.text.startsWith("retry: 1000\n\n"))
    const { id } = (await shop.owner.post("/people", { name: "Very private" })).body.data
    await shop.owner.patch(`/people/${id}`, { jobTitle: "Secret" })
    await until(() => listener.messages.length >= 2)
    expect(listener.messages).toEqual([
      { type: "changed", entity: "people", id, version: 1 },
      { type: "changed", entity: "people", id, version: 2 },
    ])
    expect(listener.text).not.toMatch(/private|secret/i)
  })

  it("is of one workspace and needs a caller", async () => {
    const stranger = await app.workspace()
    const listener = await listen(stranger.apiKey)
    await shop.owner.post("/people", { name: "Ours" })
    await stranger.owner.post("/people", { name: "Theirs" })
    await until(() => listener.messages.length > 0)
    expect(listener.messages).toHaveLength(1)
    expect((await fetch(`${origin}/api/v1/stream`)).status).toBe(401)
  })

  it("tells a member of their own notifications only", async () => {
    const { memberId, apiKey } = await memberKey("member")
    const [own, other] = [await listen(apiKey), await listen(shop.apiKey)]
    app.services.live.publish(shop.id, { type: "notification", memberId })
    app.services.live.publish(shop.id, { type: "operation", id: "1" })
    await until(() => own.messages.length + other.messages.length >= 3)
    expect(own.messages).toEqual([{ type: "notification" }, { type: "operation", id: "1" }])
    expect(other.messages).toEqual([{ type: "operation", id: "1" }])
  })

  it("ends when a member is deactivated, and tells nothing after (AC07)", async () => {
    const { memberId, apiKey } = await memberKey("viewer")
    const listener = await listen(apiKey)
    await until(() => listener.text !== "")
    await shop.owner.patch(`/members/${memberId}`, { active: false })
    await until(() => listener.isEnded)
    expect(listener.messages.filter(({ entity }) => entity === "people")).toEqual([])
    expect((await listen(apiKey)).status).toBe(401)
  })

  it("ends within a second of a revocation nobody told it of", async () => {
    const { memberId, apiKey } = await memberKey("viewer")
    const listener = await listen(apiKey)
    await until(() => listener.text !== "")
    // Another process took the right away, and its message was lost.
    await app.services.pools.owner.query("update members set active = false where id = $1", [memberId])
    await pause(1000)
    app.services.live.publish(shop.id, { type: "changed", entity: "people", id: newId(), version: 1 })
    await until(() => listener.isEnded)
    expect(listener.messages).toEqual([])
  })

  it("outlasts the end of someone else's session", async () => {
    const { memberId } = await memberKey("viewer")
    const listener = await listen(shop.apiKey)
    app.services.live.publish(shop.id, { type: "ended", sessionId: null, memberId })
    app.services.live.publish(shop.id, { type: "ended", sessionId: newId(), memberId: null })
    app.services.live.publish(shop.id, { type: "operation", id: "1" })
    await until(() => listener.messages.length === 1)
    expect(listener.isEnded).toBe(false)
  })

  it("is open twenty times per member at most", async () => {
    const { apiKey } = await memberKey("viewer")
    const statuses: number[] = []
    for (let index = 0; index < 21; index++) statuses.push((await listen(apiKey)).status)
    expect(statuses.filter((status) => status === 200)).toHaveLength(20)
    expect(statuses.at(-1)).toBe(429)
    listeners.at(0)?.stop()
    await expect.poll(async () => (await listen(apiKey)).status, { timeout: 5000 }).toBe(200)
    expect((await listen(shop.apiKey)).status).toBe(200)
  })

  it("does not keep the server from stopping, read or not", async () => {
    const { memberId, apiKey } = await memberKey("viewer")
    const slow = await openSlowReader(apiKey)
    const listener = await listen(shop.apiKey)
    await publishMuch(memberId)
    endStreams(app.services)
    await until(() => listener.isEnded)
    slow.socket.resume()
    await until(() => slow.isClosed)
  })
})

/** A connection that takes the beginning of the stream and then no more, until it is resumed. */
async function openSlowReader(apiKey: string) {
  const socket = connect(Number(new URL(origin).port), "127.0.0.1")
  const reader = { socket, isClosed: false }
  socket.on("close", () => {
    reader.isClosed = true
  })
  socket.on("error", () => undefined)
  const head = ["GET /api/v1/stream HTTP/1.1", "host: localhost", "connection: close"]
  socket.write(`${head.join("\r\n")}\r\nauthorization: Bearer ${apiKey}\r\n\r\n`)
  await new Promise((resolve) => socket.once("data", resolve))
  socket.pause()
  return reader
}
/** More than the buffers of both ends hold together, in steps as real changes come. */
async function publishMuch(memberId: string): Promise<void> {
  for (let step = 0; step < 1500; step++) {
    for (let index = 0; index < 100; index++) {
      app.services.live.publish(shop.id, { type: "notification", memberId })
      app.services.live.publish(shop.id, { type: "changed", entity: "people", id: newId(), version: 1 })
    }
    await new Promise((resolve) => setImmediate(resolve))
  }
}

describe("a reader who does not keep up", () => {
  /** A stream into a pipe that nobody reads, with room for a few messages. */
  function openPipe() {
    const pipe = Object.assign(new PassThrough({ highWaterMark: 512 }), { writeHead: () => undefined })
    const live = createLiveHub()
    const caller = identity("people:read")
    openStream({
      services: { live } as Services,
      request: {} as FastifyRequest,
      reply: { raw: pipe, hijack: () => undefined, getHeaders: () => ({}) } as unknown as FastifyReply,
      identity: caller,
      membership: caller.membership!,
      authenticate: async () => caller,
    })
    const publish = async (count: number) => {
      for (let index = 0; index < count; index++) {
        live.publish("w", { type: "changed", entity: "people", id: newId(), version: 1 })
        if (index % 50 === 0) await new Promise((resolve) => setImmediate(resolve))
      }
    }
    return { pipe, publish }
  }

  it("is not remembered for: what waits for them stays as small as a few messages", async () => {
    const { pipe, publish } = openPipe()
    await publish(10_000)
    expect(pipe.writableLength + pipe.readableLength).toBeLessThan(4096)
    expect(pipe.writableEnded).toBe(false)
  })
  it("is let go once they read on, and told nothing after a gap", async () => {
    const { pipe, publish } = openPipe()
    await publish(1000)
    const read = (await pipe.toArray()).join("")
    expect(pipe.writableEnded).toBe(true)
    expect(read.split("\n\n").length).toBeLessThan(40)
    expect(read.endsWith("\n\n")).toBe(true)
  })
  it("loses nothing as long as they keep up", async () => {
    const { pipe, publish } = openPipe()
    let read = ""
    pipe.on("data", (part) => {
      read += part
    })
    for (let round = 0; round < 100; round++) await publish(3)
    await expect.poll(() => read.match(/^data: /gm)?.length).toBe(300)
    expect(pipe.writableEnded).toBe(false)
    pipe.destroy()
  })
})
