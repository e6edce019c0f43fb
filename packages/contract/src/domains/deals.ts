import { type ChoiceLists, choicesFrom, type ListedChoice, listed } from "../kernel/choice-lists.ts"
import { defineEntity, isWritable } from "../kernel/entity.ts"
import type { Field } from "../kernel/fields.ts"
import { lines } from "./line-fields.ts"

/** What the stages of a pipeline ask and tell, beside their names. */
export interface StageOptions {
  /** What has become of a deal that stands here. */
  kind: "open" | "won" | "lost"
  /** How many of a hundred such deals are won. */
  probability: number
  /** Days a deal is expected to stay. */
  days: number | null
  /** Fields without which no deal comes here, and without which none goes on to a later stage. */
  requires: readonly string[]
  leaves: readonly string[]
  /** What has to be ticked off before a deal goes on to a later stage. */
  checklist: readonly string[]
}
const plain: StageOptions = {
  kind: "open",
  probability: 0,
  days: null,
  requires: [],
  leaves: [],
  checklist: [],
}
/** What a stage asks and tells; what nobody said of it stays at nothing. */
export function stageOptions({ options }: Pick<ListedChoice, "options">): StageOptions {
  return { ...plain, ...options }
}

/** Fields that only deals of some kinds have. */
const onlyIn: Partial<Record<string, readonly StageOptions["kind"][]>> = {
  wonReason: ["won"],
  lostReason: ["lost"],
  lostNote: ["lost"],
  closedOn: ["won", "lost"],
}
/** Whether a stage of a kind can ask for a field: whoever brings a deal there can fill it, and it stays filled. */
export function canBeAsked(key: string, field: Field | undefined, kind: StageOptions["kind"]): boolean {
  return field !== undefined && isWritable(field) && (onlyIn[key]?.includes(kind) ?? true)
}

const stage = (id: string, color: string, options: Partial<StageOptions>) =>
  listed(id, { color, group: "sales", options })

/** Pipelines, stages and reasons before a workspace makes them its own. */
export const dealLists = {
  dealPipelines: [listed("sales")],
  dealStages: [
    stage("new", "gray", { probability: 10, days: 7 }),
    stage("qualified", "blue", { probability: 25, days: 14 }),
    stage("proposal", "teal", { probability: 50, days: 14 }),
    stage("negotiation", "amber", { probability: 75, days: 14 }),
    stage("won", "green", { kind: "won", probability: 100 }),
    stage("lost", "red", { kind: "lost" }),
  ],
  lostReasons: ["price", "competitor", "timing", "noNeed", "noAnswer", "other"].map((id) => listed(id)),
  wonReasons: ["price", "quality", "service", "relationship", "recommendation", "other"].map((id) =>
    listed(id),
  ),
} satisfies ChoiceLists

export const dealStatuses = ["open", "won", "lost"] as const
export const forecastCategories = ["commit", "best", "pipeline", "omitted"] as const

export const deals = defineEntity({
  name: "deals",
  singular: "deal",
  title: "name",
  defaultSort: "-createdAt",
  access: { owner: "ownerId" },
  pages: true,
  timeline: true,
  transfer: true,
  fields: {
    name: {
      type: "text",
      max: 300,
      required: true,
      search: true,
      lookUp: true,
      sort: true,
      column: true,
      group: "basics",
    },
    pipeline: {
      ...choicesFrom("dealPipelines", dealLists.dealPipelines),
      required: true,
      default: "sales",
      sort: true,
      group: "basics",
    },
    stage: {
      ...choicesFrom("dealStages", dealLists.dealStages, {
        field: "pipeline",
        entries: dealLists.dealPipelines,
      }),
      required: true,
      default: "new",
      sort: true,
      column: true,
      group: "basics",
    },
    /** Follows from the stage. */
    status: { type: "choice", choices: dealStatuses, readOnly: true, sort: true, group: "basics" },
    companyId: { type: "link", target: "companies", column: true, group: "basics" },
    people: {
      type: "list",
      key: "personId",
      max: 50,
      lookUp: true,
      group: "basics",
      item: {
        personId: { type: "link", target: "people", required: true },
        role: { type: "text", max: 80 },
      },
    },
    ownerId: { type: "link", target: "members", column: true, group: "relation" },
    /** What its lines come to without tax, where it has some. */
    amount: { type: "money", sort: true, column: true, group: "selling" },
    probability: { type: "percent", sort: true, group: "selling" },
    /** The amount times the probability. */
    weighted: {
      type: "money",
      readOnly: true,
      follows: ["amount", "probability"],
      sort: true,
      column: true,
      group: "selling",
    },
    lines,
    category: { type: "choice", choices: forecastCategories, sort: true, group: "selling" },
    expectedClose: { type: "date", sort: true, column: true, group: "selling" },
    openedOn: { type: "date", sort: true, group: "selling" },
    closedOn: { type: "date", sort: true, group: "selling" },
    stageSince: { type: "dateTime", readOnly: true, sort: true, group: "selling" },
    nextStep: { type: "text", max: 300, search: true, group: "basics" },
    /** What of its stages' lists is done. */
    checklist: { type: "tags", max: 100, lookUp: true, group: "basics" },
    sourceId: { type: "link", target: "sources", group: "relation" },
    campaign: { type: "text", max: 120, sort: true, group: "relation" },
    competitors: { type: "tags", max: 50, lookUp: true, group: "relation" },
    locationId: { type: "link", target: "locations", group: "relation" },
    tags: { type: "tags", max: 100, lookUp: true, group: "relation" },
    wonReason: { ...choicesFrom("wonReasons", dealLists.wonReasons), sort: true, group: "outcome" },
    lostReason: { ...choicesFrom("lostReasons", dealLists.lostReasons), sort: true, group: "outcome" },
    lostNote: { type: "longText", max: 5000, group: "outcome" },
    description: { type: "longText", max: 20_000, search: true, personal: true, group: "about" },
  },
})
