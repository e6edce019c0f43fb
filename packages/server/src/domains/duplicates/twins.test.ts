import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest"
import { startTestApp, type TestApp, type TestWorkspace } from "../../../testing/app.ts"
import { anna, make, makeCrowd, scan } from "./testing.ts"

let app: TestApp
let shop: TestWorkspace
beforeAll(async () => {
  app = await startTestApp()
})
beforeEach(async () => {
  shop = await app.workspace()
})
afterAll(() => app.close())

interface Twin {
  id: string
  name: string
  reasons: { comparison: string; level: string }[]
}
describe("while somebody types, the product", () => {
  const twinsOf = async (path: string, values: object) => {
    const answer = await shop.owner.post(`/${path}/twins`, { values })
    expect(answer.status, answer.text).toBe(200)
    return answer.body.data as Twin[]
  }
  it("names who may be the one, with reasons, before any scan and after", async () => {
    const id = await make(shop, "/people", anna)
    await makeCrowd(shop)
    for (const _ of ["before", "after"]) {
      const [byPhone] = await twinsOf("people", { name: "Anna Zywiki", phones: [{ raw: "0761 5550123" }] })
      expect(byPhone).toMatchObject({ id, name: "Anna Zywicki" })
      expect(byPhone?.reasons.map(({ comparison, level }) => `${level} ${comparison}`)).toEqual(
        expect.arrayContaining(["sameEnding phone", "similar familyName"]),
      )
      expect((await twinsOf("people", { name: "Ana Zywicki" }))[0]?.id).toBe(id)
      expect(await twinsOf("people", { name: "Wilhelmina Oxford" })).toEqual([])
      await scan(app, shop)
    }
  })
  it("takes unfinished values for none", async () => {
    await make(shop, "/people", anna)
    expect(await twinsOf("people", { emails: [{ address: "anna@" }], nonsense: 1, name: null })).toEqual([])
    const [twin] = await twinsOf("people", {
      name: "Anna Zywicki",
      emails: [{ address: "anna@" }],
      birthday: "x",
    })
    expect(twin?.name).toBe("Anna Zywicki")
  })
  it("knows companies by name and website", async () => {
    const id = await make(shop, "/companies", {
      name: "Holzbau Zimmer GmbH",
      domains: [{ domain: "zimmer.example" }],
    })
    expect((await twinsOf("companies", { name: "Zimmer Holzbau" }))[0]?.id).toBe(id)
    expect((await twinsOf("companies", { name: "Z", domains: [{ domain: "zimmer.example" }] }))[0]?.id).toBe(
      id,
    )
  })
  it("says nothing of another workspace", async () => {
    const neighbour = await app.workspace()
    await make(neighbour, "/people", anna)
    expect(await twinsOf("people", anna)).toEqual([])
  })
})
