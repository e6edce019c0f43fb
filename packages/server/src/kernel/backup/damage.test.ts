import { createHash } from "node:crypto"
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { beforeAll, describe, expect, inject, it } from "vitest"
import { cloneDatabase } from "../../../testing/database.ts"
import { folderStore } from "../contents/folder-store.ts"
import { openPools } from "../db/pools.ts"
import { newId } from "../ids.ts"
import { seal, sealLength } from "./archive-writer.ts"
import type { Manifest } from "./manifest.ts"
import { restoreBackup } from "./restore-backup.ts"
import { blockSize, padding, readTarHeader, tarHeader } from "./tar.ts"
import { emptyDatabase, makeFolder, now } from "./testing.ts"
import { writeBackup } from "./write-backup.ts"

let whole: Buffer
beforeAll(async () => {
  const pools = openPools({ connection: await cloneDatabase() })
  for (let index = 0; index < 300; index++)
    await pools.owner.query(
      "insert into workspaces values ($1, $2, 'DE', 'EUR', 'Europe/Berlin', 'de', now(), now())",
      [newId(), `Workspace ${index}`],
    )
  const folder = await mkdtemp(join(tmpdir(), "regulars-damage-"))
  await writeBackup({ pools, contents: folderStore(folder), now }, join(folder, "whole.regulars"))
  whole = await readFile(join(folder, "whole.regulars"))
  await rm(folder, { recursive: true })
  await pools.close()
})

async function restore(bytes: Buffer): Promise<{ error: Error | undefined; untouched: boolean }> {
  const [pools, dataDir, folder] = [
    await emptyDatabase(inject("postgres")),
    await makeFolder(),
    await makeFolder(),
  ]
  await writeFile(join(folder, "damaged.regulars"), bytes)
  const error = await restoreBackup(
    { pools, contents: folderStore(dataDir), now },
    join(folder, "damaged.regulars"),
  ).then(
    () => undefined,
    (thrown: Error) => thrown,
  )
  const { rows } = await pools.owner.query(
    "select from pg_class c join pg_namespace n on n.oid = c.relnamespace where n.nspname in ('public', 'auth')",
  )
  return { error, untouched: rows.length === 0 && (await readdir(dataDir)).length === 0 }
}

function flipped(share: number, bit: number): Buffer {
  const bytes = Buffer.from(whole)
  const at = Math.floor((whole.length - 1) * share)
  bytes[at] = bytes[at]! ^ (1 << bit)
  return bytes
}
interface Part {
  name: string
  bytes: Buffer
}
function partsOf(bytes: Buffer): Part[] {
  const parts: Part[] = []
  for (let at = 0; at < bytes.length - sealLength; ) {
    const { name, size } = readTarHeader(bytes.subarray(at, at + blockSize))!
    const end = at + blockSize + size + padding(size)
    parts.push({ name, bytes: bytes.subarray(at, end) })
    at = end
  }
  return parts
}
/** A backup put together again from parts with a seal that fits: what a checksum alone can't find. */
function sealed(parts: readonly Part[]): Buffer {
  const body = Buffer.concat(parts.map(({ bytes }) => bytes))
  const place = body.length - parts.at(-1)!.bytes.length
  return Buffer.concat([body, seal(createHash("sha256").update(body).digest("hex"), place, 1)])
}
function withManifest(change: (manifest: Manifest) => void): Buffer {
  const parts = partsOf(whole)
  const { bytes } = parts.pop()!
  const { size } = readTarHeader(bytes.subarray(0, blockSize))!
  const manifest = JSON.parse(bytes.toString("utf8", blockSize, blockSize + size)) as Manifest
  change(manifest)
  const text = Buffer.from(JSON.stringify(manifest))
  const member = Buffer.concat([
    tarHeader("manifest.json", text.length, 1),
    text,
    Buffer.alloc(padding(text.length)),
  ])
  return sealed([...parts, { name: "manifest.json", bytes: member }])
}
const tables = (parts: Part[]) => parts.findIndex(({ name }) => name.includes("workspaces"))

const damages: [string, () => Buffer][] = [
  ...[0, 0.001, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.99, 0.999, 1].map(
    (share, index): [string, () => Buffer] => [`a flipped bit at ${share}`, () => flipped(share, index % 8)],
  ),
  ...[0, 1, 511, 1024, 0.5, 0.9].map((length): [string, () => Buffer] => [
    `cut after ${length}`,
    () => whole.subarray(0, length < 1 && length > 0 ? Math.floor(whole.length * length) : length),
  ]),
  ["cut by one byte", () => whole.subarray(0, -1)],
  ["cut by one block", () => whole.subarray(0, -512)],
  ["with a byte more", () => Buffer.concat([whole, Buffer.from("x")])],
  ["with blocks more", () => Buffer.concat([whole, Buffer.alloc(1024)])],
  ["with a hole", () => Buffer.concat([whole.subarray(0, 2048), whole.subarray(2560)])],
  ["without a member", () => sealed(partsOf(whole).filter(({ name }) => !name.includes("workspaces")))],
  [
    "with members in another order",
    () => {
      const [first, second, ...rest] = partsOf(whole)
      return sealed([second!, first!, ...rest])
    },
  ],
  [
    "with a member twice",
    () => {
      const parts = partsOf(whole)
      return sealed(parts.toSpliced(1, 0, parts[0]!))
    },
  ],
  [
    "with a member that was changed and sealed again",
    () => {
      const parts = partsOf(whole)
      const bytes = Buffer.from(parts[tables(parts)]!.bytes)
      bytes[blockSize + 40] = bytes[blockSize + 40]! ^ 1
      return sealed(parts.with(tables(parts), { name: "", bytes }))
    },
  ],
  [
    "with fewer rows than it says",
    () =>
      withManifest((manifest) => {
        manifest.tables.find(({ name }) => name === "workspaces")!.rows += 1
      }),
  ],
  [
    "with a table nobody knows",
    () =>
      withManifest((manifest) => {
        manifest.tables.push({ schema: "public", name: "strange", columns: ["a"], rows: 0, parts: 0 })
      }),
  ],
  [
    "from a later version",
    () =>
      withManifest((manifest) => {
        manifest.migration = "9999-later"
      }),
  ],
  [
    "of another format",
    () =>
      withManifest((manifest) => {
        Object.assign(manifest, { format: 2 })
      }),
  ],
  ["that is something else", () => Buffer.from("%PDF-1.7 not a backup at all".repeat(1000))],
]

describe("a damaged backup", () => {
  it("with any one of a hundred bits turned, spread over all of it, is refused, and nothing is changed", async () => {
    const [pools, dataDir, folder] = [
      await emptyDatabase(inject("postgres")),
      await makeFolder(),
      await makeFolder(),
    ]
    const file = join(folder, "damaged.regulars")
    for (let turn = 0; turn < 100; turn++) {
      await writeFile(file, flipped((turn * 0.618_033_988_749) % 1, turn % 8))
      await expect(
        restoreBackup({ pools, contents: folderStore(dataDir), now }, file),
        `turn ${turn}`,
      ).rejects.toThrow(/^The /)
    }
    expect(await readdir(dataDir)).toEqual([])
    const { rows } = await pools.owner.query(
      "select from pg_class c join pg_namespace n on n.oid = c.relnamespace where n.nspname in ('public', 'auth')",
    )
    expect(rows).toEqual([])
    await writeFile(file, whole)
    await restoreBackup({ pools, contents: folderStore(dataDir), now }, file)
  })

  it("is whole to begin with", async () => {
    expect((await restore(whole)).error).toBeUndefined()
    expect((await restore(sealed(partsOf(whole)))).error).toBeUndefined()
  })

  it.each(damages)("%s is refused, and nothing is changed", async (_, damage) => {
    const { error, untouched } = await restore(damage())
    expect(error?.name).toBe("BackupProblem")
    expect(error?.message).toMatch(/^(The|There is no) .+\./)
    expect(untouched).toBe(true)
  })
})
