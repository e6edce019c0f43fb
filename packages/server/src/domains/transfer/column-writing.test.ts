import { endpoints } from "@regulars/contract/endpoints.ts"
import { afterAll, beforeAll, expect, it } from "vitest"
import { openApi } from "../../kernel/http/openapi.ts"
import { startTransferApp, type TransferApp, upload } from "./testing/transfer-app.ts"

/** How the dates and numbers of a column are written: found out, asked, said, remembered. */
let app: TransferApp
beforeAll(async () => {
  app = await startTransferApp()
})
afterAll(() => app.close())

it("is described in the API: what is answered, and what may be said", () => {
  // biome-ignore lint/suspicious/noExplicitAny: a description of any shape
  const paths = openApi(endpoints).paths as any
  const { get, patch } = paths["/api/v1/imports/{id}"]
  const answered =
    get.responses["200"].content["application/json"].schema.properties.data.properties.columns.items
      .properties
  const said = patch.requestBody.content["application/json"].schema.properties.columns.items.properties
  // biome-ignore lint/suspicious/noExplicitAny: a schema of any shape
  const words = (schema: any): string[] => schema.enum ?? schema.anyOf.flatMap((one: any) => one.enum ?? [])
  expect(words(answered.dateOrder)).toEqual(["dmy", "mdy", "ymd", "serial", "ambiguous"])
  expect(words(said.dateOrder)).toEqual(["dmy", "mdy", "ymd", "serial"])
  expect(words(answered.decimal)).toEqual([",", ".", "ambiguous"])
  expect(words(said.decimal)).toEqual([",", "."])
  expect(words(answered.suggestedDateOrder)).toEqual(["dmy", "mdy"])
  expect(answered.dateOrder.description).toMatch(/serial.*ambiguous/)
  expect(answered.suggestedDateOrder.description).toContain("ambiguous")
  for (const schema of [answered.decimal, said.decimal, said.dateOrder])
    expect(schema.description).toBeTruthy()
})

it("is asked with a suggestion also where somebody has just said that a column holds dates", async () => {
  const { owner } = await app.workspace()
  const csv = "name,when,since\nAna,03/04/2025,05/06/2025\nBo,05/06/2025,25/06/2025\n"
  const { id } = (await upload(owner, csv, { entity: "people" })).body.data
  const say = async (column: object) =>
    (await owner.patch(`/imports/${id}`, { columns: [column] })).body.data.columns
  const target = (field: string) => ({ target: { field } })
  await say({ index: 2, ...target("createdAt") })
  const asked = await say({ index: 1, ...target("birthday") })
  expect(asked[1]).toMatchObject({ dateOrder: "ambiguous", suggestedDateOrder: "dmy" })
  expect(asked[2]).toMatchObject({ dateOrder: "dmy", suggestedDateOrder: null })
  expect((await owner.post(`/imports/${id}/check`)).status).toBe(422)
  for (const dateOrder of ["ambiguous", "ydm"])
    expect((await owner.patch(`/imports/${id}`, { columns: [{ index: 1, dateOrder }] })).status).toBe(422)
  expect((await say({ index: 1, dateOrder: "serial" }))[1]).toMatchObject({ dateOrder: "serial" })
  expect((await say({ index: 1, dateOrder: "mdy" }))[1]).toMatchObject({ suggestedDateOrder: null })
  expect((await owner.post(`/imports/${id}/check`)).status).toBe(202)
  await app.drain()
})

it("is looked for when somebody chooses a date for a column that nobody knew", async () => {
  const { owner } = await app.workspace()
  const csv = "title,wann,minutes\nA,03/04/2025,x\n"
  const { id, columns } = (await upload(owner, csv, { entity: "tasks" })).body.data
  expect(columns[1]).toMatchObject({ ask: true, dateOrder: null })
  const said = { columns: [{ index: 1, target: { field: "dueDate" } }] }
  expect((await owner.patch(`/imports/${id}`, said)).body.data.columns[1]).toMatchObject({
    ask: false,
    dateOrder: "ambiguous",
    suggestedDateOrder: "mdy",
  })
})

it("of numbers that can be read in two ways refuses those rows until it is said", async () => {
  const workspace = await app.workspace()
  const csv = "kind;occurredAt;minutes;text\ncall;2026-01-02;1.234;a\ncall;2026-01-02;30;b\n"
  const { checked } = await app.importFile(workspace, csv, { entity: "activities" })
  expect(checked.columns[2]).toMatchObject({ target: { field: "minutes" }, decimal: "ambiguous" })
  expect(checked.problems).toMatchObject([{ line: 2, header: "minutes", code: "number_ambiguous" }])
  const other = await app.workspace()
  const patch = { columns: [{ index: 2, decimal: "," }] }
  const { result } = await app.importFile(other, csv, { entity: "activities", patch })
  expect(result.counts).toMatchObject({ created: 2, refused: 0 })
  expect(new Set((await app.records(other, "activities")).map(({ minutes }) => minutes))).toEqual(
    new Set([1234, 30]),
  )
})

it("saved with a mapping answers the next file, unless that leaves no doubt itself", async () => {
  const { owner } = await app.workspace()
  const columnsOf = async (rows: string) =>
    (await upload(owner, `name,birthday,size\n${rows}\n`, { entity: "people" })).body.data
  const first = await columnsOf("Ana,03/04/1985,1")
  expect(first.columns[1]).toMatchObject({ dateOrder: "ambiguous" })
  await owner.patch(`/imports/${first.id}`, {
    columns: [{ index: 1, dateOrder: "mdy" }],
    saveMappingAs: "List",
  })
  expect((await columnsOf("Bo,05/06/1990,1")).columns[1]).toMatchObject({
    dateOrder: "mdy",
    suggestedDateOrder: null,
    reason: "saved",
  })
  expect((await columnsOf("Bo,25/06/1990,1")).columns[1]).toMatchObject({ dateOrder: "dmy" })
  expect((await columnsOf("Bo,1990-06-25,1")).columns[1]).toMatchObject({ dateOrder: "ymd" })
})
