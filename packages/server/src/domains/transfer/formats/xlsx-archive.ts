import type { Readable } from "node:stream"
import yauzl from "yauzl"
import { FormatError } from "./format-error.ts"

const MEGABYTE = 1024 * 1024

/** What an archive may hold; judged from its directory, before anything is expanded. */
export const ARCHIVE_LIMITS = {
  entries: 5_000,
  expandedBytes: 4096 * MEGABYTE,
  /** How many times its size a part may grow; only parts above `ratioFrom` are asked. Sheets reach about 30. */
  ratio: 200,
  ratioFrom: 16 * MEGABYTE,
}

export type Archive = {
  /** Names in lower case, without a leading slash. */
  names: string[]
  /** Declared expanded size; undefined when there is no such part. */
  size(name: string): number | undefined
  /** Expanded bytes of one part; fails as soon as they exceed what the directory declares. */
  read(name: string): Promise<Readable>
  close(): void
}

/**
 * Opens a ZIP archive by its directory. Only parts that are asked for are ever expanded, one at a time and as a
 * stream; nothing is written to disk, so links and odd names inside can do no harm.
 * @throws FormatError `payload_too_large` when the directory breaks `ARCHIVE_LIMITS`; `validation_failed` when the
 * archive is damaged; `unsupported_format` when a part that is read is encrypted
 */
export async function openArchive(file: string): Promise<Archive> {
  const zip = await yauzl.openPromise(file, { autoClose: false }).catch(damaged)
  const entries = new Map<string, yauzl.Entry>()
  try {
    if (zip.entryCount > ARCHIVE_LIMITS.entries) throw tooLarge("entries", zip.entryCount)
    let expanded = 0
    for await (const entry of zip.eachEntry()) {
      expanded += entry.uncompressedSize
      checkSize(entry, expanded, entries.size)
      const name = partName(entry.fileName)
      if (!entries.has(name)) entries.set(name, entry)
    }
  } catch (error) {
    zip.close()
    throw error instanceof FormatError ? error : damaged(error)
  }
  return {
    names: [...entries.keys()],
    size: (name) => entries.get(partName(name))?.uncompressedSize,
    read: (name) => readPart(zip, entries.get(partName(name)), name),
    close: () => zip.close(),
  }
}

async function readPart(zip: yauzl.ZipFile, entry: yauzl.Entry | undefined, name: string): Promise<Readable> {
  if (!entry) return damaged(new Error(`part ${name} is missing`))
  if (entry.isEncrypted()) {
    throw new FormatError("unsupported_format", "The workbook is protected by a password", {
      reason: "encrypted",
      remedy: "Remove the password in your spreadsheet program",
    })
  }
  return zip.openReadStreamPromise(entry).catch(damaged)
}

function checkSize(entry: yauzl.Entry, expanded: number, count: number): void {
  const { uncompressedSize: size, compressedSize } = entry
  if (count >= ARCHIVE_LIMITS.entries) throw tooLarge("entries", count + 1)
  if (expanded > ARCHIVE_LIMITS.expandedBytes) throw tooLarge("expandedBytes", expanded)
  if (size > ARCHIVE_LIMITS.ratioFrom && size > compressedSize * ARCHIVE_LIMITS.ratio) {
    throw tooLarge("ratio", Math.round(size / Math.max(1, compressedSize)))
  }
}

function tooLarge(what: "entries" | "expandedBytes" | "ratio", found: number): FormatError {
  return new FormatError("payload_too_large", `The file expands beyond the limit (${what}: ${found})`, {
    reason: `archive_${what}`,
    remedy: "Save the sheet as CSV, or split it",
    limit: ARCHIVE_LIMITS[what],
    found,
  })
}

/** @throws FormatError always; in the shape of a rejection handler. */
export function damaged(error: unknown): never {
  if (error instanceof FormatError) throw error
  const text = error instanceof Error ? error.message : String(error)
  throw new FormatError(
    "validation_failed",
    `The workbook is damaged: ${text}`,
    { reason: "damaged", remedy: "Open it in your spreadsheet program, save it again and retry" },
    error,
  )
}

function partName(name: string): string {
  return name.replace(/^\/+/, "").toLowerCase()
}
