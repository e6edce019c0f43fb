import { createHash } from "node:crypto"
import { type FileHandle, open } from "node:fs/promises"
import { seal, sealLength } from "./archive-writer.ts"
import { type Manifest, manifestName, manifestSchema } from "./manifest.ts"
import { BackupProblem } from "./problem.ts"
import { blockSize, padding, readTarHeader, type TarEntry } from "./tar.ts"

const chunkSize = 1024 * 1024
const damaged = (how: string) => new BackupProblem(`The backup is damaged: ${how}. Nothing was changed.`)

/** What stands at the end of a backup: where its manifest begins, and the checksum of all before the seal. */
interface Ending {
  sealPlace: number
  manifestPlace: number
  sha256: string
}
async function readEnding(file: FileHandle): Promise<Ending> {
  const sealPlace = (await file.stat()).size - sealLength
  if (sealPlace < 2 * blockSize) throw damaged("it is too short to be one")
  const bytes = await readAt(file, sealPlace, sealLength)
  const text = bytes.toString("latin1", blockSize, blockSize + 82)
  const [, sha256 = "", place = ""] = /^([0-9a-f]{64}) (\d{16})\n$/.exec(text) ?? []
  const modified = Number.parseInt(bytes.toString("latin1", 136, 147), 8)
  const isWhole = sha256 !== "" && modified >= 0 && seal(sha256, Number(place), modified).equals(bytes)
  if (!isWhole || Number(place) >= sealPlace) throw damaged("its end is missing or was changed")
  return { sealPlace, manifestPlace: Number(place), sha256 }
}
async function readAt(file: FileHandle, position: number, length: number): Promise<Buffer> {
  const buffer = Buffer.alloc(length)
  const { bytesRead } = await file.read(buffer, 0, length, position)
  if (bytesRead < length) throw damaged("it ends too early")
  return buffer
}

/** The manifest, read from the end of the file without looking at the rest. Throws where there is none. */
export async function readManifest(path: string): Promise<Manifest> {
  const file = await openBackup(path)
  try {
    return await manifestAt(file, await readEnding(file))
  } finally {
    await file.close()
  }
}
async function manifestAt(file: FileHandle, { manifestPlace, sealPlace }: Ending): Promise<Manifest> {
  const entry = readTarHeader(await readAt(file, manifestPlace, blockSize))
  const length = sealPlace - manifestPlace - blockSize
  if (entry?.name !== manifestName || entry.size + padding(entry.size) !== length)
    throw damaged("its list of contents is not where it should be")
  const text = (await readAt(file, manifestPlace + blockSize, entry.size)).toString()
  const given: unknown = parse(text)
  if ((given as { format?: unknown } | undefined)?.format !== 1)
    throw new BackupProblem(
      "The backup was made by another version of Regulars, in a form unknown to this one.",
    )
  const result = manifestSchema.safeParse(given)
  if (!result.success) throw damaged("its list of contents can't be read")
  return result.data
}
function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw damaged("its list of contents can't be read")
  }
}

/** Told how many bytes have been read, of how many. What it throws ends the reading. */
export type OnRead = (done: number, total: number) => void | Promise<void>
/**
 * Reads a backup from beginning to end and compares everything with its checksums: the whole file, each member,
 * and that the members are those the manifest lists. Throws a sentence about the first thing that is wrong.
 */
export async function verifyArchive(path: string, onRead: OnRead = () => undefined): Promise<Manifest> {
  const file = await openBackup(path)
  try {
    const ending = await readEnding(file)
    const whole = createHash("sha256")
    // Everything is read twice: as one file, and part by part.
    let read = 0
    const tell = ({ length }: Buffer) => {
      read += length
      return onRead(read, 2 * ending.sealPlace)
    }
    for await (const chunk of bytesOf(file, 0, ending.sealPlace)) {
      whole.update(chunk)
      await tell(chunk)
    }
    const manifest = await manifestAt(file, ending)
    const found = await sumsOf(file, ending.manifestPlace, tell)
    for (const [index, { name, size, sha256 }] of manifest.members.entries()) {
      const member = found[index]
      if (member?.name !== name || member.size !== size) throw damaged(`"${name}" is missing`)
      if (member.sha256 !== sha256) throw damaged(`"${name}" was changed`)
    }
    if (found.length !== manifest.members.length)
      throw damaged("it holds what is not in its list of contents")
    if (whole.digest("hex") !== ending.sha256) throw damaged("its checksum does not fit")
    return manifest
  } finally {
    await file.close()
  }
}
async function sumsOf(
  file: FileHandle,
  end: number,
  tell: (chunk: Buffer) => void | Promise<void>,
): Promise<Manifest["members"]> {
  const found: Manifest["members"] = []
  for await (const { entry, place } of entriesOf(file, end)) {
    const own = createHash("sha256")
    for await (const chunk of bytesOf(file, place, place + entry.size)) {
      own.update(chunk)
      await tell(chunk)
    }
    found.push({ ...entry, sha256: own.digest("hex") })
  }
  return found
}

export interface Member {
  name: string
  size: number
  /** The content; throws at its end when it is not what the manifest says. To be read before the next member. */
  content(): AsyncIterable<Buffer>
}
/** The members in their order. `manifest` comes from `verifyArchive`; the file may have changed since. */
export async function* membersOf(path: string, manifest: Manifest): AsyncGenerator<Member> {
  const sums = new Map(manifest.members.map(({ name, sha256 }) => [name, sha256]))
  const file = await openBackup(path)
  try {
    const { manifestPlace } = await readEnding(file)
    for await (const { entry, place } of entriesOf(file, manifestPlace))
      yield {
        ...entry,
        content: () => checked(bytesOf(file, place, place + entry.size), sums.get(entry.name)),
      }
  } finally {
    await file.close()
  }
}
async function* checked(bytes: AsyncIterable<Buffer>, sha256: string | undefined): AsyncGenerator<Buffer> {
  const own = createHash("sha256")
  for await (const chunk of bytes) {
    own.update(chunk)
    yield chunk
  }
  if (own.digest("hex") !== sha256) throw damaged("it was changed while it was read")
}

async function* entriesOf(file: FileHandle, end: number): AsyncGenerator<{ entry: TarEntry; place: number }> {
  let position = 0
  while (position < end) {
    const entry = readTarHeader(await readAt(file, position, blockSize))
    if (!entry) throw damaged("it ends too early")
    const place = position + blockSize
    position = place + entry.size + padding(entry.size)
    if (position > end) throw damaged("a part is longer than the file")
    yield { entry, place }
  }
}
async function* bytesOf(file: FileHandle, start: number, end: number): AsyncGenerator<Buffer> {
  for (let position = start; position < end; position += chunkSize)
    yield await readAt(file, position, Math.min(chunkSize, end - position))
}

async function openBackup(path: string): Promise<FileHandle> {
  return open(path, "r").catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") throw new BackupProblem(`There is no file ${path}.`)
    throw error
  })
}
