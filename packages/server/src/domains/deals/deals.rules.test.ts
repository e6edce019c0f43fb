import { dealLists, deals } from "@regulars/contract/domains/deals.ts"
import { describe, expect, it } from "vitest"
import { AppError } from "../../kernel/errors.ts"
import type { StoredRecord, Values } from "../../kernel/records/columns.ts"
import { prepareDeal, refusedMove } from "./deals.rules.ts"

const now = "2026-03-17T10:00:00.000Z"
const asked = dealLists.dealStages.map((stage) => {
  if (stage.id === "qualified") return { ...stage, options: { ...stage.options, leaves: ["companyId"] } }
  // Removed since.
  if (stage.id === "won")
    return { ...stage, options: { ...stage.options, requires: ["nextStep", "custom.gone"] } }
  if (stage.id === "proposal")
    return { ...stage, options: { ...stage.options, requires: ["amount", "tags"], checklist: ["Tasted"] } }
  return stage
})
const renewals = [
  { ...dealLists.dealStages[0]!, id: "due", group: "renewals" },
  { ...dealLists.dealStages[4]!, id: "renewed", group: "renewals" },
  { ...dealLists.dealStages[0]!, id: "gone", deletedAt: now },
]
const lists = {
  ...dealLists,
  dealPipelines: [...dealLists.dealPipelines, { ...dealLists.dealPipelines[0]!, id: "renewals" }],
  dealStages: [...asked, ...renewals],
}
const prepare = (values: Values, before?: Values) =>
  prepareDeal(values, before as StoredRecord | undefined, {
    now,
    today: () => "2026-03-17",
    currency: "EUR",
    lists,
  })
const open = { pipeline: "sales", stage: "new", status: "open", probability: 10, stageSince: "earlier" }
const euros = (amount: number) => ({ amount, currency: "EUR" })

describe("what a deal becomes", () => {
  it.each<[string, Values, Values | undefined, Values]>([
    ["begins at the first stage", {}, undefined, { pipeline: "sales", stage: "new", probability: 10 }],
    [
      "begins at the first stage of its pipeline",
      { pipeline: "renewals" },
      undefined,
      { stage: "due", status: "open" },
    ],
    [
      "came to its end on the day it is said to have been closed",
      { stage: "won", closedOn: "2025-06-01" },
      undefined,
      { closedOn: "2025-06-01", stageSince: "2025-06-01T12:00:00.000Z" },
    ],
    [
      "takes the pipeline of its stage",
      { stage: "renewed" },
      undefined,
      { pipeline: "renewals", status: "won" },
    ],
    ["keeps a probability that is given", { probability: 33 }, undefined, { probability: 33 }],
    ["begins today", {}, undefined, { openedOn: "2026-03-17", closedOn: null, stageSince: now }],
    ["keeps the day it began", { openedOn: "2025-01-01" }, undefined, { openedOn: "2025-01-01" }],
    [
      "goes to the first stage of another pipeline",
      { pipeline: "renewals" },
      open,
      { stage: "due", stageSince: now },
    ],
    ["stays in its stage", { pipeline: "sales" }, open, { stage: "new", closedOn: null }],
    [
      "takes the probability of its new stage",
      { stage: "proposal" },
      { ...open, probability: 99 },
      { probability: 50 },
    ],
    [
      "keeps its own probability within a stage",
      { amount: euros(1000) },
      { ...open, probability: 99 },
      { weighted: euros(990) },
    ],
    ["is closed today", { stage: "won" }, open, { status: "won", closedOn: "2026-03-17", probability: 100 }],
    [
      "is closed on the day given",
      { stage: "won", closedOn: "2026-01-02" },
      open,
      { closedOn: "2026-01-02" },
    ],
    [
      "keeps the day when it stays closed",
      { amount: euros(5) },
      { ...open, stage: "won", status: "won", probability: 100, closedOn: "2026-01-02" },
      { closedOn: "2026-01-02", weighted: euros(5) },
    ],
    [
      "is as certain as its stage where it is won",
      { probability: 40, amount: euros(100) },
      { ...open, stage: "won", status: "won", closedOn: "2026-01-02" },
      { probability: 100, weighted: euros(100) },
    ],
    [
      "is as certain as its stage where it is lost",
      { stage: "lost", probability: 40 },
      open,
      { probability: 0 },
    ],
    [
      "is closed anew where it was won and is lost",
      { stage: "lost" },
      { ...open, stage: "won", status: "won", closedOn: "2026-01-02" },
      { closedOn: "2026-03-17" },
    ],
    [
      "loses day and reason when it is opened again",
      { stage: "new" },
      { ...open, stage: "lost", status: "lost", closedOn: "2026-01-02", lostReason: "price", lostNote: "x" },
      { closedOn: null, lostReason: null, lostNote: null },
    ],
    ["has no day of closing while open", { closedOn: "2026-01-02" }, open, { closedOn: null }],
    [
      "weighs to whole minor units",
      { amount: euros(105) },
      { ...open, probability: 50 },
      { weighted: euros(53) },
    ],
    [
      "weighs nothing without an amount",
      { amount: null },
      { ...open, amount: euros(1), weighted: euros(1) },
      { weighted: null },
    ],
    [
      "comes to what its lines come to",
      {
        lines: [
          { name: "Beans", quantity: "2.5", unitPrice: "10", taxRate: "7" },
          { name: "Mill", unitPrice: "99.99" },
        ],
        amount: euros(1),
      },
      { ...open, probability: 50 },
      { amount: euros(12_499), weighted: euros(6250), lines: [{ net: 2500, tax: 175 }, { net: 9999 }] },
    ],
    [
      "reckons in the currency of its amount",
      { lines: [{ name: "Mill", unitPrice: "1500" }] },
      { ...open, amount: { amount: 1, currency: "JPY" } },
      { amount: { amount: 1500, currency: "JPY" } },
    ],
    [
      "may stay in a stage that is removed",
      { name: "x" },
      { ...open, stage: "gone", status: "open" },
      { stage: "gone" },
    ],
  ])("%s", (_, values, before, expected) => {
    expect(prepare(values, before)).toMatchObject(expected)
  })

  it("refuses with a removed stage whatever was to come back with it, and nothing else", () => {
    const values = { stage: "gone", status: "open", probability: 10, closedOn: null, amount: euros(1) }
    const refused = (() => {
      try {
        return prepare(values, { ...open, stage: "won", status: "won" })
      } catch (error) {
        return error as AppError
      }
    })()
    const paths = (refused as AppError).info.errors?.map(({ path }) => path)
    expect(paths).toEqual(["stage", "status", "probability", "closedOn"])
  })

  it.each<[string, Values, Values | undefined, string]>([
    ["a stage of another pipeline", { pipeline: "renewals", stage: "new" }, undefined, "stage"],
    ["a stage nobody knows", { stage: "nowhere" }, undefined, "stage"],
    ["a stage that was removed", { stage: "gone" }, open, "stage"],
    ["a pipeline nobody knows", { pipeline: "nowhere" }, undefined, "pipeline"],
    ["a line with a rate that is none", { lines: [{ name: "x", taxRate: "101" }] }, open, "lines.0.taxRate"],
    ["a probability above a hundred", { probability: 101 }, undefined, "probability"],
    ["a probability below nothing", { probability: -1 }, open, "probability"],
  ])("refuses %s", (_, values, before, path) => {
    const refused = (() => {
      try {
        return prepare(values, before)
      } catch (error) {
        return error
      }
    })()
    expect(refused).toBeInstanceOf(AppError)
    expect((refused as AppError).info.errors?.[0]?.path).toBe(path)
  })
})

describe("what a move asks for", () => {
  const paths = (before: Values | undefined, after: Values) =>
    refusedMove(
      { ...(before && { before: before as StoredRecord }), after: after as StoredRecord, keys: ["stage"] },
      lists,
      deals,
    )?.info.errors?.map(({ path }) => path)
  it.each<[string, Values | undefined, Values, string[] | undefined]>([
    ["nothing from a plain stage to another", { stage: "new" }, { stage: "qualified" }, undefined],
    [
      "the fields of the stage it enters and of the one it leaves",
      { stage: "qualified" },
      { stage: "proposal", tags: [] },
      ["amount", "tags", "companyId"],
    ],
    [
      "nothing where they are filled",
      { stage: "new" },
      { stage: "proposal", amount: euros(1), tags: ["a"] },
      undefined,
    ],
    ["a reason for a loss", { stage: "new" }, { stage: "lost" }, ["lostReason"]],
    [
      "nothing more for a loss with one",
      { stage: "qualified" },
      { stage: "lost", lostReason: "price" },
      undefined,
    ],
    ["what is not ticked off", { stage: "proposal" }, { stage: "negotiation", checklist: [] }, ["checklist"]],
    ["nothing when it is", { stage: "proposal" }, { stage: "negotiation", checklist: ["Tasted"] }, undefined],
    ["nothing on the way back", { stage: "proposal" }, { stage: "new", checklist: [] }, undefined],
    ["nothing on the way back to a stage that asks", { stage: "won" }, { stage: "proposal" }, undefined],
    ["what its stage asks of a lost deal", { stage: "lost" }, { stage: "proposal" }, ["amount", "tags"]],
    ["what winning asks of a lost deal", { stage: "lost" }, { stage: "won" }, ["nextStep"]],
    [
      "the reason of a deal that stays lost",
      { stage: "lost", lostReason: "price" },
      { stage: "lost", lostReason: null },
      ["lostReason"],
    ],
    ["no reason of a deal that was lost without", { stage: "lost" }, { stage: "lost" }, undefined],
    [
      "no item twice that is written otherwise",
      { stage: "proposal" },
      { stage: "negotiation", checklist: ["tästed"] },
      undefined,
    ],
    ["the fields of the stage a new deal begins in", undefined, { stage: "proposal" }, ["amount", "tags"]],
    ["nothing of a deal that does not move", { stage: "proposal" }, { stage: "proposal" }, undefined],
  ])("%s", (_, before, after, expected) => {
    expect(paths(before, after)).toEqual(expected)
  })
  it("asks for no reason where the workspace has none", () => {
    const change = { before: { stage: "new" } as never, after: { stage: "lost" } as never, keys: ["stage"] }
    expect(refusedMove(change, { ...lists, lostReasons: [] }, deals)).toBeUndefined()
  })
})
