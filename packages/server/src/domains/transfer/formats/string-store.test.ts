import { readdirSync } from "node:fs"
import { expect, it, vi } from "vitest"
import { temporaryPath } from "../../../../testing/format-files.ts"
import { StringStore } from "./string-store.ts"

it("gives back every string, few or many, also those that went to disk", () => {
  const folder = temporaryPath(".")
  for (const name of ["TMPDIR", "TEMP"]) vi.stubEnv(name, folder)
  const store = new StringStore()
  const text = (index: number) => {
    if (index % 7 === 0) return ""
    return `${index} ü😀 ${"x".repeat(index % 20_011 === 0 ? 100_000 : index % 300)}`
  }
  const count = 400_000
  for (let index = 0; index < count; index++) store.append(text(index))
  store.finish()
  expect(readdirSync(folder)).toHaveLength(1)
  for (let index = 0; index < count; index += 1) expect(store.get(index)).toBe(text(index))
  for (let index = count - 1; index > 0; index -= 9973) expect(store.get(index)).toBe(text(index))
  for (const index of [count, -1, 1e9, Number.NaN, 1.5]) expect(store.get(index)).toBeUndefined()
  store.close()
  store.close()
  expect(readdirSync(folder)).toEqual([])
  vi.unstubAllEnvs()
})
