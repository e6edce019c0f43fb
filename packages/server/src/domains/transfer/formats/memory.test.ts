import { execFile } from "node:child_process"
import { mkdirSync } from "node:fs"
import { resolve } from "node:path"
import { promisify } from "node:util"
import { expect, it } from "vitest"
import { temporaryPath } from "../../../../testing/format-files.ts"

const PROBE = resolve(import.meta.dirname, "../../../../testing/format-memory-probe.ts")
const ROWS = 200_000
const MEGABYTE = 1024 * 1024

/** Twelve columns of 200,000 rows are well over 100 MB as JavaScript strings: a heap of 64 MB can't hold them. */
it.each(["csv", "xlsx", "shared"])(
  "%s files of 200,000 rows are written and read in constant memory",
  async (kind) => {
    const folder = temporaryPath("large")
    mkdirSync(folder)
    const flags = ["--max-old-space-size=64", "--max-semi-space-size=8"]
    const { stdout } = await promisify(execFile)(process.execPath, [
      ...flags,
      PROBE,
      kind,
      String(ROWS),
      folder,
    ])
    const { read, growth, peak } = JSON.parse(stdout) as { read: number; growth: number; peak: number }
    // The workbook of shared strings has no header of its own, so its first row became one.
    expect(read).toBe(kind === "shared" ? ROWS - 1 : ROWS)
    expect(growth).toBeLessThan(64 * MEGABYTE)
    expect(peak).toBeLessThan(350 * MEGABYTE)
  },
  120_000,
)
