import { createHash } from "node:crypto"
import { type FileHandle, open } from "node:fs/promises"
import { type Manifest, manifestName, sealName } from "./manifest.ts"
import { BackupProblem } from "./problem.ts"
import { endOfArchive, padding, tarHeader } from "./tar.ts"

export interface ArchiveWriter {
  /** Members so far, with their checksums. */
  members: Manifest["members"]
  add(name: string, content: Buffer): Promise<void>
  /** Throws when the stream gives more or less than `size` bytes. */
  addStream(name: string, size: number, stream: AsyncIterable<Buffer>): Promise<void>
  /** Writes the manifest and the seal, and sees to it that all of it is on the disk. Returns the size. */
  finish(manifest: Manifest): Promise<number>
  close(): Promise<void>
}

/**
 * Writes a backup: a tar archive that any tar program opens. Members follow each other; the last but one is
 * `manifest.json`, the last is `sha256.txt` with the checksum of every byte before it and the place of the
 * manifest. Throws when the file is there already.
 */
export async function createArchive(path: string, createdAt: Date): Promise<ArchiveWriter> {
  const file: FileHandle = await open(path, "wx", 0o600)
  const modified = Math.floor(createdAt.getTime() / 1000)
  const whole = createHash("sha256")
  const members: Manifest["members"] = []
  let position = 0

  const write = async (bytes: Buffer) => {
    whole.update(bytes)
    position += bytes.length
    await file.writeFile(bytes)
  }
  const addStream = async (name: string, size: number, stream: AsyncIterable<Buffer>) => {
    const own = createHash("sha256")
    let written = 0
    await write(tarHeader(name, size, modified))
    for await (const chunk of stream) {
      own.update(chunk)
      written += chunk.length
      await write(chunk)
    }
    if (written !== size) throw new BackupProblem(`"${name}" was changed while it was backed up. Try again.`)
    await write(Buffer.alloc(padding(size)))
    members.push({ name, size, sha256: own.digest("hex") })
  }
  const add = (name: string, content: Buffer) => addStream(name, content.length, only(content))
  return {
    members,
    add,
    addStream,
    async finish(manifest) {
      const place = position
      await add(manifestName, Buffer.from(`${JSON.stringify(manifest, null, 1)}\n`))
      await file.writeFile(seal(whole.digest("hex"), place, modified))
      await file.sync()
      return (await file.stat()).size
    },
    close: () => file.close(),
  }
}
async function* only(content: Buffer): AsyncGenerator<Buffer> {
  yield content
}

/** The end of every backup, always of the same length. */
export function seal(sha256: string, manifestPlace: number, modified: number): Buffer {
  const text = Buffer.from(`${sha256} ${String(manifestPlace).padStart(16, "0")}\n`)
  return Buffer.concat([
    tarHeader(sealName, text.length, modified),
    text,
    Buffer.alloc(padding(text.length)),
    endOfArchive,
  ])
}
export const sealLength: number = seal("0".repeat(64), 0, 0).length
