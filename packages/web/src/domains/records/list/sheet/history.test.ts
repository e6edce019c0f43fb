import { expect, test } from "vitest"
import { redoLatest, remember, undoLatest } from "./history.ts"

test("changes are taken back newest first and made again in their order; a new one ends what could be made again", async () => {
  const done: string[] = []
  const step = (name: string) => ({
    undo: async () => done.push(`-${name}`),
    redo: async () => done.push(`+${name}`),
  })
  remember("people", step("a"))
  const undoB = remember("people", step("b"))
  remember("people", step("c"))
  await undoB()
  await undoLatest("people")
  expect(await undoLatest("companies")).toBe(false)
  await redoLatest("people")
  expect(done).toEqual(["-b", "-c", "+c"])
  remember("people", step("d"))
  expect(await redoLatest("people")).toBe(false)
  await undoLatest("people")
  await undoLatest("people")
  await undoLatest("people")
  expect(await undoLatest("people")).toBe(false)
  expect(done.slice(3)).toEqual(["-d", "-c", "-a"])
})
