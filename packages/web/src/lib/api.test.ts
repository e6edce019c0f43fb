import { afterEach, describe, expect, it, vi } from "vitest"
import { call, onSignedOut, request, urlOf } from "./api.ts"
import { ApiError, errorOfResponse, errorsByField } from "./api-error.ts"

/** Stands in for the network: keeps what was asked and gives the answer. */
function answering(answer: () => Response) {
  const asked: { url: string; init: RequestInit }[] = []
  vi.stubGlobal("fetch", async (url: string, init: RequestInit) => {
    asked.push({ url, init })
    return answer()
  })
  return asked
}
const problem = (status: number, body: object) => new Response(JSON.stringify(body), { status })
const headersOf = (init: RequestInit | undefined) => init?.headers as Record<string, string>
afterEach(() => vi.unstubAllGlobals())

describe("an address", () => {
  it("puts parameters into the path and the query, encoded", () => {
    expect(urlOf("GET /people/:id", { id: "a/b" }, { include: "companyId", none: undefined })).toBe(
      "/api/v1/people/a%2Fb?include=companyId",
    )
  })
  it("of signing in lies outside the versioned API", () => {
    expect(urlOf("POST /auth/sign-in")).toBe("/api/auth/sign-in")
  })
  it("with a parameter left out is a mistake of ours, said at once", () => {
    expect(() => urlOf("GET /people/:id")).toThrow('needs the parameter "id"')
  })
})

describe("a call", () => {
  it("sends JSON and reads the answer", async () => {
    const asked = answering(() => Response.json({ data: { mail: true } }))
    const answer = await call("POST /auth/password/forgot", { body: { email: "a@example.com" } })
    expect(answer).toEqual({ data: { mail: true } })
    expect(asked[0]?.init.body).toBe('{"email":"a@example.com"}')
    expect(headersOf(asked[0]?.init)["content-type"]).toBe("application/json")
  })
  it("has a key of its own for each POST, so that a repeated one counts once", async () => {
    const asked = answering(() => new Response(null, { status: 204 }))
    await request("POST /people", { body: {} })
    await request("POST /people", { body: {} })
    await request("POST /people", { body: {}, idempotencyKey: "again" })
    await request("PATCH /people/:id", { params: { id: "1" }, body: {} })
    await request("POST /people/query", { body: {} })
    const keys = asked.map(({ init }) => headersOf(init)["idempotency-key"])
    expect(keys[0]).toMatch(/^[0-9a-f-]{36}$/)
    expect(keys[1]).not.toBe(keys[0])
    expect(keys.slice(2)).toEqual(["again", undefined, undefined])
  })
  it("lets a form through as it is", async () => {
    const asked = answering(() => Response.json({}))
    await request("POST /files", { body: new FormData() })
    expect(asked[0]?.init.body).toBeInstanceOf(FormData)
    expect(headersOf(asked[0]?.init)["content-type"]).toBeUndefined()
  })
  it("that never reached the server fails as offline", async () => {
    vi.stubGlobal("fetch", async () => {
      throw new TypeError("Failed to fetch")
    })
    await expect(request("GET /people")).rejects.toMatchObject({ code: "offline", status: 0 })
  })
  it("says when nobody is signed in any more, but not when a password was wrong", async () => {
    const signedOut = vi.fn()
    onSignedOut(signedOut)
    answering(() => problem(401, { code: "sign_in_failed" }))
    await expect(request("POST /auth/sign-in")).rejects.toMatchObject({ code: "sign_in_failed" })
    expect(signedOut).not.toHaveBeenCalled()
    answering(() => problem(401, { code: "unauthenticated" }))
    await expect(request("GET /people")).rejects.toBeInstanceOf(ApiError)
    expect(signedOut).toHaveBeenCalledOnce()
    onSignedOut(() => {})
  })
})

describe("an error", () => {
  it("carries what the problem document says", async () => {
    const error = await errorOfResponse(
      new Response(
        JSON.stringify({ code: "rate_limited", detail: "slow down", requestId: "r1", details: { a: 1 } }),
        { status: 429, headers: { "retry-after": "12" } },
      ),
    )
    expect(error).toMatchObject({
      code: "rate_limited",
      status: 429,
      requestId: "r1",
      retryAfter: 12,
      details: { a: 1 },
      message: "slow down",
    })
  })
  it("is understood without one too", async () => {
    expect((await errorOfResponse(new Response("<html>Bad gateway", { status: 502 }))).code).toBe(
      "unavailable",
    )
    expect((await errorOfResponse(new Response("", { status: 401 }))).code).toBe("unauthenticated")
    expect((await errorOfResponse(new Response("null", { status: 500 }))).code).toBe("internal")
  })
  it("is sorted by field, the first fault of each", () => {
    const error = new ApiError({
      code: "validation_failed",
      status: 422,
      errors: [
        { path: "owner.email", code: "email", message: "x" },
        { path: "owner.email", code: "too_long", message: "y" },
      ],
    })
    expect(errorsByField(error)["owner.email"]?.code).toBe("email")
    expect(errorsByField(new Error("other"))).toEqual({})
  })
})
