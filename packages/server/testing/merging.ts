import { expect } from "vitest"
import type { Values } from "../src/kernel/records/columns.ts"
import type { TestApp, TestWorkspace } from "./app.ts"

/** What tests of merging do again and again, in one workspace. */
export function mergingIn(app: TestApp, shop: TestWorkspace) {
  async function make(path: string, body: object): Promise<string> {
    const isKnown = path === "/people" || path === "/companies"
    const answer = await shop.owner.post(isKnown ? `${path}?allowDuplicate=true` : path, body)
    expect(answer.status, answer.text).toBe(201)
    return answer.body.data.id
  }
  async function read(path: string): Promise<Values & { id: string }> {
    const answer = await shop.owner.get(path)
    expect(answer.status, answer.text).toBe(200)
    return answer.body.data
  }
  return {
    make,
    read,
    person: (values: object) => make("/people", values),
    company: (values: object) => make("/companies", values),
    note: (text: string, ...ids: string[]) =>
      make("/notes", { text, about: ids.map((id) => ({ type: "person", id })) }),
    /** Makes one of several; returns the operation. */
    async merge(path: string, keep: string, others: string[], fields = {}): Promise<string> {
      const answer = await shop.owner.post(`${path}/merge`, { keep, merge: others, fields })
      expect(answer.status, answer.text).toBe(200)
      return answer.body.data.operationId
    },
    /** Takes an operation back; returns what came of it. */
    async undo(operationId: string): Promise<Values> {
      const answer = await shop.owner.post(`/operations/${operationId}/undo`)
      expect(answer.status, answer.text).toBe(202)
      await app.drain()
      const ended = await read(`/operations/${answer.body.data.id}`)
      expect(ended).toMatchObject({ kind: "unmerge", status: "done" })
      return ended.summary as Values
    },
    async timeline(path: string): Promise<{ type: string; data: Values }[]> {
      return (await shop.owner.get(`${path}/timeline?limit=200`)).body.data
    },
  }
}
export function addressesOf(record: Values): string[] {
  return (record.emails as { address: string }[]).map(({ address }) => address)
}
