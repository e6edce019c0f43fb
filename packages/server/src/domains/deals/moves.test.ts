import { afterAll, beforeAll, expect, it } from "vitest"
import { startTestApp, type TestApp } from "../../../testing/app.ts"

let app: TestApp
beforeAll(async () => {
  app = await startTestApp()
})
afterAll(() => app.close())

const moves = Number(process.env.DEAL_MOVES ?? 200)
const stages = ["new", "qualified", "proposal", "negotiation", "won"]

it(`keeps one history of ${moves} moves by two people at once, equal to what was acknowledged`, async () => {
  const workspace = await app.workspace()
  const other = await app.member(workspace, "manager")
  const made = await workspace.owner.post("/deals", { name: "Contended" })
  const { id } = made.body.data
  const clients = [workspace.owner, other]
  const move = async (index: number) => {
    const stage = stages[(index * 7 + (index % 2)) % stages.length]
    const answer = await clients[index % 2]!.patch(`/deals/${id}`, { stage })
    expect(answer.status, answer.text).toBe(200)
    expect(answer.body.data.stage).toBe(stage)
    return { version: answer.body.data.version as number, stage }
  }
  const acknowledged = await Promise.all(Array.from({ length: moves }, (_, index) => move(index)))

  // A move to where the deal stands already changes nothing, and is acknowledged with the version that was there.
  const byVersion = new Map(acknowledged.map(({ version, stage }) => [version, stage]))
  byVersion.set(1, "new")
  const expected = [...byVersion].sort(([one], [two]) => one - two)
  const [last] = expected.at(-1) ?? []
  expect(expected.map(([version]) => version)).toEqual(Array.from({ length: last! }, (_, index) => index + 1))

  const { rows: spans } = await app.services.pools.owner.query(
    "select version, stage, entered_at, left_at, moved_by from deal_spans where deal_id = $1 order by version",
    [id],
  )
  expect(spans.map(({ version, stage }) => [version, stage])).toEqual(expected)
  for (const [index, span] of spans.entries()) {
    const next = spans[index + 1]
    if (!next) expect(span.left_at).toBeNull()
    else expect(Date.parse(span.left_at)).toBeLessThanOrEqual(Date.parse(next.entered_at))
  }
  const { rows: changes } = await app.services.pools.owner.query(
    "select version, before ->> 'stage' as before, after ->> 'stage' as after from changes where record_id = $1 order by version",
    [id],
  )
  expect(changes.map(({ version, after }) => [version, after])).toEqual(expected.slice(1))
  expect(changes.map(({ before }) => before)).toEqual(expected.slice(0, -1).map(([, stage]) => stage))

  const told = await workspace.owner.get(`/deals/${id}/stages`)
  expect(told.body.data.map((span: { stage: string }) => span.stage)).toEqual(
    expected.map(([, stage]) => stage),
  )
})
