import { entities } from "@regulars/contract/entities.ts"
import type { Filter } from "@regulars/contract/kernel/filter.ts"
import { describe, expect, it } from "vitest"
import { withoutBroken } from "../list/filters/model.ts"
import { addressOf, inSidebar, isSame, placesAfter, type View } from "./view-state.ts"

const view = (values: Partial<View> = {}): View => ({
  id: "7",
  version: 1,
  entity: "people",
  name: "Chefs",
  search: "",
  filter: null,
  sort: null,
  columns: null,
  widths: null,
  grouping: null,
  layout: null,
  shared: false,
  pinned: false,
  position: 1,
  pin: null,
  ownerId: null,
  createdAt: "",
  updatedAt: "",
  deletedAt: null,
  problems: [],
  can: { update: true, delete: true, restore: true },
  ...values,
})

describe("a view", () => {
  it("opens by an address that says everything it shows", () => {
    const filter: Filter = { field: "jobTitle", op: "contains", value: "Chef" }
    const shown = {
      search: "so",
      filter,
      sort: ["-name"],
      columns: ["name", "tags"],
      widths: { name: 300 },
      grouping: "createdAt:month",
      layout: "board:lifecycleStage",
    }
    const address = new URL(addressOf(view(shown)), "http://x")
    expect(address.pathname).toBe("/people")
    expect(Object.fromEntries(address.searchParams)).toEqual({
      v: "7",
      g: "createdAt:month",
      l: "board:lifecycleStage",
      q: "so",
      f: JSON.stringify(filter),
      s: "-name",
      c: "name,tags",
      w: "name:300",
    })
    expect(addressOf(view())).toBe("/people?v=7")
  })
  it("is the same in whatever order its parts are written, and not in another order of its conditions", () => {
    const one = view({ filter: { field: "a", op: "is", value: 1 }, widths: { a: 1, b: 2 } })
    const turned = { op: "is", value: 1, field: "a" } as Filter
    expect(isSame(one, view({ filter: turned, widths: { b: 2, a: 1 } }))).toBe(true)
    expect(isSame(view({ sort: ["a", "b"] }), view({ sort: ["b", "a"] }))).toBe(false)
    expect(isSame(one, view({ filter: { field: "a", op: "is", value: 2 }, widths: { a: 1, b: 2 } }))).toBe(
      false,
    )
    expect(isSame(view({ columns: [] }), view({ columns: null }))).toBe(false)
  })
})

describe("what is moved", () => {
  /** `"3!"` stands at 3 and is not the member's to move. */
  const placesOf = (names: (number | string)[]) =>
    names.map((name) => ({ position: Number.parseFloat(String(name)), isFixed: String(name).endsWith("!") }))
  function moved(names: (number | string)[], from: number, to: number): number[] {
    const places = placesOf(names)
    const next = placesAfter(places, from, to)
    for (const index of next.keys()) expect(places[index]?.isFixed).toBe(false)
    return places
      .map(({ position }, index) => ({ index, position: next.get(index) ?? position }))
      .toSorted((one, other) => one.position - other.position)
      .map(({ index }) => index)
  }
  it("gets a number between its new neighbours", () => {
    const row = [-3, 2, 4, 8]
    expect(moved(row, 0, 2)).toEqual([1, 2, 0, 3])
    expect(moved(row, 3, 0)).toEqual([3, 0, 1, 2])
    expect(moved(row, 0, 3)).toEqual([1, 2, 3, 0])
    expect(moved(row, 2, 1)).toEqual([0, 2, 1, 3])
    expect([...placesAfter(placesOf([1, 2, 4]), 2, 1)]).toEqual([[2, 1.5]])
    expect([...placesAfter(placesOf(row), 2, 2)]).toEqual([])
  })
  it("comes to its place also among those that have the same number", () => {
    expect(moved([3, 3, 3, 3], 3, 1)).toEqual([0, 3, 1, 2])
    expect(moved([3, 3, 3, 3], 0, 2)).toEqual([1, 2, 0, 3])
    expect(moved([3, 3, 3, 3], 0, 3)).toEqual([1, 2, 3, 0])
    // Halved so often that nothing is left between them.
    expect(moved([1, 1 + Number.EPSILON, 5], 2, 1)).toEqual([0, 2, 1])
  })
  it("leaves alone what the member may not move, and goes on beyond it where that is in the way", () => {
    expect(moved(["1!", 3, 3, 3, "9!"], 3, 2)).toEqual([0, 1, 3, 2, 4])
    expect(moved([3, 3, "3!", 5], 3, 1)).toEqual([0, 3, 1, 2])
    expect(moved(["1!", "3!", "3!", 3], 3, 2)).toEqual([0, 3, 1, 2])
    expect(moved([3, "3!", "3!", "4!"], 0, 1)).toEqual([1, 2, 0, 3])
    expect(moved(["3!", "3!", 3], 2, 1)).toEqual([2, 0, 1])
  })
})

describe("a sidebar", () => {
  it("holds what the member chose, else what is everybody's, in the member's order within each entity", () => {
    const pins: [string, Partial<View>][] = [
      ["last", { pinned: true, position: 9 }],
      ["mine", { position: 5, pin: { pinned: true, position: null } }],
      ["put away", { pinned: true, pin: { pinned: false, position: 1 } }],
      ["moved up", { pinned: true, position: 7, pin: { pinned: null, position: 2 } }],
      ["not pinned", { position: 3 }],
      ["of companies", { entity: "companies", pinned: true, position: 8 }],
    ]
    const shown = inSidebar(pins.map(([name, values]) => view({ name, ...values })))
    expect(shown.map(({ name }) => name)).toEqual(["of companies", "moved up", "mine", "last"])
  })
})

describe("a filter with conditions on what is gone", () => {
  const { people } = entities
  const works: Filter = { field: "jobTitle", op: "contains", value: "Chef" }
  const gone: Filter = { field: "shoeSize", op: "is", value: 43 }
  it.each([
    [
      "stays as it is when nothing is gone",
      { all: [works, { not: works }] },
      { all: [works, { not: works }] },
      [],
    ],
    ["goes on without them", { all: [works, gone] }, { all: [works] }, ["shoeSize"]],
    ["loses groups with nothing left", { any: [{ all: [gone] }, works] }, { any: [works] }, ["shoeSize"]],
    ["may be empty", { not: gone }, null, ["shoeSize"]],
    ["knows comparisons", { field: "jobTitle", op: "moreThan", value: 1 }, null, ["jobTitle"]],
    ["looks at related records", { related: "companyId", some: gone }, null, ["shoeSize"]],
    ["knows relations", { all: [{ related: "pets" }, works] }, { all: [works] }, ["pets"]],
  ] as [string, Filter, Filter | null, string[]][])("%s", (_, filter, left, broken) => {
    expect(withoutBroken(filter, people)).toEqual({ filter: left, broken })
  })
})
