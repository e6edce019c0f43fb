import { createHash } from "node:crypto"
import { createReadStream } from "node:fs"
import { readdir, readFile } from "node:fs/promises"
import { join, resolve } from "node:path"
import { pipeline } from "node:stream/promises"
import { z } from "zod"
import { newPasswordHash } from "../domains/workspace/index.ts"
import {
  type LoadedFile,
  type LoadedWorkspace,
  loadWorkspace,
} from "../kernel/backup/load-workspace.queries.ts"
import { putContent } from "../kernel/contents/write-content.ts"
import type { Services } from "../kernel/context.ts"
import { readMigrations } from "../kernel/db/migrate.ts"
import { UsageProblem } from "./command.ts"

const manifestSchema = z.object({
  format: z.literal(1),
  product: z.string(),
  workspaceId: z.guid(),
  migration: z.string(),
  files: z.array(z.object({ name: z.string().regex(/^(?!.*\.\.)[^/\\]/), sha256: z.string().length(64) })),
})
type Manifest = z.output<typeof manifestSchema>

export interface ImportOptions {
  /** An owner of the workspace, whose account gets this password if it is made here. */
  email?: string | undefined
  password?: string | undefined
  /** Takes the place of the same workspace where it is there already. */
  replace?: boolean
}
/**
 * Puts a workspace that `exportWorkspace` wrote into this installation, beside what it has: records, history, files
 * and all that belongs to it keep their ids. Every checksum is compared before anything is changed, and all of it
 * happens or nothing. Throws UsageProblem, BackupProblem, and AppError for a weak password.
 */
export async function importWorkspace(
  services: Services,
  from: string,
  { email, password, replace = false }: ImportOptions = {},
): Promise<LoadedWorkspace & { workspaceId: string }> {
  const folder = resolve(from)
  const manifest = await readManifest(folder)
  await compareSums(folder, manifest)
  const owner =
    email && password ? { email, passwordHash: await newPasswordHash(email, password) } : undefined
  const { workspaceId, files } = manifest
  const tables = files.flatMap(({ name }) => /^tables\/([a-z_]+)\.jsonl$/.exec(name)?.[1] ?? [])
  const putFiles = (rows: LoadedFile[]) => putAttachments(services, folder, rows)
  const { pools, now } = services
  const loaded = await loadWorkspace({ pools, now, folder, workspaceId, tables, owner, replace, putFiles })
  return { ...loaded, workspaceId }
}

async function readManifest(folder: string): Promise<Manifest> {
  const text = await readFile(join(folder, "manifest.json"), "utf8").catch(() => {
    throw new UsageProblem(`${folder} holds no export: its manifest.json is missing.`)
  })
  const result = manifestSchema.safeParse(parse(text))
  if (!result.success) throw new UsageProblem(`The manifest of ${folder} can't be read. Nothing was changed.`)
  const newest = Object.keys(await readMigrations()).at(-1)
  if (result.data.migration !== newest)
    throw new UsageProblem(
      `The export was made by another version (${result.data.product}, ${result.data.migration}; here it is ${newest}). Bring both installations to the same version and export again.`,
    )
  return result.data
}
function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
async function compareSums(folder: string, { files }: Manifest): Promise<void> {
  for (const { name, sha256 } of files) {
    const hash = createHash("sha256")
    await pipeline(createReadStream(join(folder, name)), hash).catch(() => {
      throw new UsageProblem(`The export is damaged: ${name} is missing. Nothing was changed.`)
    })
    if (hash.digest("hex") !== sha256)
      throw new UsageProblem(`The export is damaged: ${name} was changed. Nothing was changed here.`)
  }
}

/** Each row's content comes along and is what the row says: nobody's row reaches content that lay here before. */
async function putAttachments(services: Services, folder: string, rows: LoadedFile[]): Promise<void> {
  const names = await readdir(join(folder, "attachments")).catch((): string[] => [])
  const byId = new Map(names.map((name) => [name.slice(0, 36), name]))
  for (const { id, hash } of rows) {
    const name = byId.get(id)
    if (!name) throw new UsageProblem(`The content of the file ${id} is missing. Nothing was changed.`)
    const stored = await putContent(services.contents, createReadStream(join(folder, "attachments", name)))
    if (stored !== hash)
      throw new UsageProblem(`The content of the file ${id} is another one. Nothing was changed.`)
  }
}
