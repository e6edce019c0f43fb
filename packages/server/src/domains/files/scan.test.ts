import { chmod, mkdtemp, readdir, rm, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { expect, it, onTestFinished } from "vitest"
import { startTestApp, type TestApp } from "../../../testing/app.ts"
import { upload } from "./testing.ts"

/** A scanner that speaks as ClamAV's do: it reads the file it is given and finds the word EICAR. */
async function startScanned(script: string): Promise<TestApp> {
  const folder = await mkdtemp(join(tmpdir(), "regulars-scan-"))
  const scanner = join(folder, "scanner.sh")
  await writeFile(scanner, `#!/bin/sh\n${script}\n`)
  await chmod(scanner, 0o700)
  const app = await startTestApp({ environment: { SCAN_COMMAND: `${scanner} --quiet` } })
  onTestFinished(async () => {
    await app.close()
    await rm(folder, { recursive: true })
  })
  return app
}
async function kept({ services }: TestApp): Promise<string[]> {
  const entries = await readdir(join(services.dataDir, "files"), { recursive: true, withFileTypes: true })
  return entries.filter((entry) => entry.isFile()).map(({ name }) => name)
}

it("takes in what the scanner calls clean, and refuses what it finds something in, keeping none of it", async () => {
  const app = await startScanned('[ "$1" = --quiet ] || exit 2\ngrep -q EICAR "$2" && exit 1\nexit 0')
  const { owner } = await app.workspace()
  const refused = await upload(owner, "the EICAR test", "invoice.txt")
  expect(refused.status).toBe(422)
  expect(refused.body.errors).toMatchObject([{ path: "file", code: "infected" }])
  expect(await kept(app)).toEqual([])
  expect((await upload(owner, "an ordinary note", "note.txt")).status).toBeLessThan(300)
  expect(await kept(app)).toHaveLength(1)
})

it.each([
  ["ends with an error", "exit 2"],
  ["is killed", "kill -9 $$"],
])("takes in nothing while the scanner %s", async (_, script) => {
  const app = await startScanned(script)
  const { owner } = await app.workspace()
  const refused = await upload(owner, "an ordinary note")
  expect(refused.status).toBe(503)
  expect(refused.body.detail).toMatch(/scanner gave no answer/)
  expect(await kept(app)).toEqual([])
})
