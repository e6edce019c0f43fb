import { describe, expect, it } from "vitest"
import { circlesAmong } from "./companies.rules.ts"

/** `b<a`: b stands below a. */
function circles(standing: string, moving: string): string[] {
  const pairs = (text: string) => text.split(" ").flatMap((pair) => (pair ? [pair.split("<")] : []))
  const parents = new Map(pairs(standing).map(([id, parent]) => [id as string, parent ?? null]))
  const moves = pairs(moving).map(([id, parentId]) => ({ id: id as string, parentId: parentId as string }))
  return circlesAmong(moves, parents).map((index) => moves[index]?.id as string)
}

describe("companies that would stand below themselves", () => {
  it.each([
    ["nobody in a sound tree", "b<a c<b", "d<c", []],
    ["one below itself", "", "a<a", ["a"]],
    ["one below what stands below it", "b<a c<b", "a<c", ["a"]],
    ["only those that close a circle", "b<a c<b", "a<c b<c d<c", ["a", "b"]],
    ["the second of two that close one together", "", "a<b b<a", ["b"]],
    ["nobody where two change places", "b<a a", "b<c a<b", []],
    ["nobody because of a circle elsewhere", "x<y y<x", "a<x", []],
  ])("are %s", (_, standing, moving, expected) => {
    expect(circles(standing, moving)).toEqual(expected)
  })
})
