import type { Page } from "playwright-core"
import { afterAll, afterEach, beforeAll, expect, inject } from "vitest"
import { call, openShop, type Shop } from "./harness.ts"

/**
 * One server and one browser for the journeys of a test file, set up unless `empty`. After each journey its pages
 * are closed, and errors they reported fail it unless it took them itself with `takeProblems`.
 */
export function useShop({
  empty = false,
  environment = {},
}: {
  empty?: boolean
  environment?: Record<string, string>
} = {}): () => Shop {
  let shop: Shop | undefined
  beforeAll(async () => {
    shop = await openShop({ prepared: empty ? undefined : inject("prepared"), environment })
  })
  afterEach(async ({ task }) => {
    const failed = task.result?.state === "fail" || task.result?.errors?.length
    await shop?.leave(failed ? task.name : undefined)
    expect(shop?.takeProblems()).toEqual([])
  })
  afterAll(() => shop?.close())
  return () => {
    if (!shop) throw new Error("The shop has not opened.")
    return shop
  }
}

/** Somebody who took the owner's invitation as staff, signed in on a page of their own. */
export async function newMember(shop: Shop, owner: Page, email: string): Promise<Page> {
  const { data } = await call(owner, "POST /invitations", { body: { email, role: "member" } })
  const guest = await shop.visit({ guest: true })
  const token = data.url.split("#")[1] as string
  const body = { token, name: "Ben", password: "rolls before eight" }
  await call(guest, "POST /auth/invitations/accept", { body })
  return guest
}
