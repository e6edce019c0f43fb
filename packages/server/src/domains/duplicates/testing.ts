import { expect } from "vitest"
import { inventPeople } from "../../../../insight/testing/people.ts"
import type { TestApp, TestWorkspace } from "../../../testing/app.ts"

export const anna = {
  name: "Anna Zywicki",
  emails: [{ address: "anna@zywicki.example" }],
  phones: [{ raw: "+49 761 555 0123" }],
  birthday: { month: 5, day: 17, year: 1984 },
}
export const annasTwin = {
  name: "Ana Zywicki",
  emails: [{ address: "anna@zywicki.example" }],
  birthday: { month: 5, day: 17, year: 1984 },
}

export async function make(of: TestWorkspace, path: string, values: object): Promise<string> {
  const answer = await of.owner.post(`${path}?allowDuplicate=true`, values)
  expect(answer.status, answer.text).toBe(201)
  return answer.body.data.id
}
/** Others, as different as customers are. */
export async function makeCrowd(of: TestWorkspace): Promise<void> {
  const rows = inventPeople(200, 0, 3).map(({ person }) => ({
    givenName: person.givenName,
    familyName: person.familyName,
    emails: person.emails?.map((address) => ({ address })),
    phones: person.phones?.map((raw) => ({ raw })),
    addresses: person.addresses,
  }))
  expect((await of.owner.post("/people/batch", { rows })).status).toBe(200)
}
export async function scan(app: TestApp, of: TestWorkspace): Promise<void> {
  const answer = await of.owner.post("/duplicates/scan")
  expect(answer.status, answer.text).toBe(202)
  await app.drain()
  const { body } = await of.owner.get(`/operations/${answer.body.data.id}`)
  expect(body.data).toMatchObject({ kind: "scan", status: "done", error: null })
}
