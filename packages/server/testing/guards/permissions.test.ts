import type { Role } from "@regulars/contract/domains/workspace.ts"
import { roles } from "@regulars/contract/domains/workspace.ts"
import { endpoints } from "@regulars/contract/endpoints.ts"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { type Client, startTestApp, type TestApp, type TestWorkspace } from "../app.ts"
import { intended, sessionOnly } from "./permissions.table.ts"

let app: TestApp
let shop: TestWorkspace
const callers = new Map<Role, Client>()
beforeAll(async () => {
  app = await startTestApp()
  shop = await app.workspace()
  callers.set("owner", shop.owner)
  for (const role of roles) if (role !== "owner") callers.set(role, await app.member(shop, role))
})
afterAll(() => app.close())

const order: readonly Role[] = ["viewer", "member", "manager", "administrator", "owner"]
const nobody = "00000000-0000-7000-8000-000000000000"
function urlOf(path: string): string {
  return `/api${path.startsWith("/auth") ? "" : "/v1"}${path.replace(/:\w+/g, nobody)}`
}
async function statusOf(client: Client, key: string): Promise<number> {
  const [method, path = ""] = key.split(" ") as ["GET", string]
  const body = method === "GET" || method === "DELETE" ? {} : { payload: { nonsense: true } }
  return (await client.call({ method, url: urlOf(path), ...body })).status
}

describe("who may do what (AC09)", () => {
  it("has an intended permission for every endpoint, and no endpoint besides", () => {
    expect(Object.keys(intended).sort()).toEqual(Object.keys(endpoints).sort())
  })

  it.each(
    (Object.entries(intended) as [string, Role | "public" | "signedIn"][]).filter(
      ([key]) => key !== "GET /stream",
    ),
  )("%s: %s", async (key, least) => {
    const anonymous = await statusOf(app.anonymous, key)
    if (least === "public") {
      expect(anonymous).not.toBe(401)
      expect(anonymous).not.toBe(403)
      return
    }
    expect(anonymous).toBe(401)
    for (const role of order) {
      const status = await statusOf(callers.get(role) as Client, key)
      if (sessionOnly.includes(key)) {
        expect(status, `a key of ${role} should be refused`).toBe(403)
        continue
      }
      const allowed = least === "signedIn" || order.indexOf(role) >= order.indexOf(least)
      if (allowed) expect(status, `${role} should be let in`).not.toBe(403)
      else expect(status, `${role} should be refused`).toBe(403)
      expect(status).not.toBe(401)
    }
  })

  it.each([
    "//api/v1/people",
    "/api/v1/people/",
    "/api/v1/people.",
    "/api/v1/PEOPLE",
    "/API/v1/people",
    "/api/v1/%70eople%2f",
    "/api/v1//people",
    "/api/v1/./people",
    "/api/v1/people%00",
    "/api/v1/people;x=1",
    "/api/v2/people",
  ])("opens no side door at %s", async (url) => {
    const answer = await app.anonymous.call({ method: "GET", url })
    expect([400, 401, 404]).toContain(answer.status)
  })
  it("knows no method but the declared one", async () => {
    for (const method of ["HEAD", "PUT", "OPTIONS"] as const)
      expect((await shop.owner.call({ method, url: "/api/v1/people" })).status).toBe(404)
    const viewer = callers.get("viewer") as Client
    const disguised = await viewer.call({
      method: "POST",
      url: "/api/v1/people/query",
      headers: { "x-http-method-override": "DELETE", "x-method-override": "PATCH" },
      payload: {},
    })
    expect(disguised.status).toBe(200)
  })
})
