import { createWriteStream } from "node:fs"
import { readdir, rename, rm, stat } from "node:fs/promises"
import { join, relative } from "node:path"
import type { Readable } from "node:stream"
import { pipeline } from "node:stream/promises"
import yazl from "yazl"

/**
 * Writes all files of a folder into one archive, complete or not at all; returns its bytes. Streams: no content is held in
 * memory, of whatever size. `look` is called now and then; what it throws ends the work.
 */
export async function zipFolder(folder: string, file: string, look: () => Promise<void>): Promise<number> {
  const partial = `${file}.partial`
  const zip = new yazl.ZipFile()
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name)
    if (entry.isFile()) zip.addFile(path, relative(folder, path).replaceAll("\\", "/"))
  }
  zip.end()
  async function* watched(chunks: AsyncIterable<Buffer>) {
    for await (const chunk of chunks) {
      await look()
      yield chunk
    }
  }
  try {
    const { outputStream } = zip as unknown as { outputStream: Readable }
    zip.on("error", (error) => outputStream.destroy(error))
    await pipeline(outputStream, watched, createWriteStream(partial, { mode: 0o600 }))
    await rename(partial, file)
  } finally {
    await rm(partial, { force: true })
  }
  return (await stat(file)).size
}
