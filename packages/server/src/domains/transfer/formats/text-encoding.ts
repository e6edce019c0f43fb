import { isUtf8 } from "node:buffer"
import { createReadStream } from "node:fs"
import { open } from "node:fs/promises"
import iconv from "iconv-lite"
import { FormatError } from "./format-error.ts"

const CHUNK_BYTES = 128 * 1024
const SNIFF_BYTES = 4096

export type DetectedEncoding = {
  /** A name iconv-lite knows. */
  encoding: string
  /** True when nothing but failing as UTF-8 speaks for it. */
  isGuess: boolean
  /** True when some bytes may have no meaning in this encoding and would come out as U+FFFD. */
  mayBeDamaged: boolean
}

/**
 * Recognises UTF-8 and UTF-16 with or without a byte order mark; whatever else fails as UTF-8 is taken for
 * Windows-1252. Reads the whole file, since the first accented letter may be its last.
 * @throws FormatError `validation_failed` when the wanted encoding is unknown
 */
export async function detectEncoding(file: string, wanted?: string): Promise<DetectedEncoding> {
  const isKnown: boolean = wanted === undefined || iconv.encodingExists(wanted)
  if (!isKnown) {
    throw new FormatError("validation_failed", `Unknown text encoding "${wanted?.slice(0, 40)}"`, {
      reason: "unknown_encoding",
      remedy: "Choose one of the listed encodings",
    })
  }
  if (wanted !== undefined && !/^utf-?8$/i.test(wanted)) {
    return { encoding: wanted, isGuess: false, mayBeDamaged: !/^u(tf|cs)-?(16|2)/i.test(wanted) }
  }
  const start = await readStart(file, SNIFF_BYTES)
  const marked = wanted ? undefined : utf16FromBytes(start)
  if (marked) return { encoding: marked, isGuess: false, mayBeDamaged: false }
  const isValid = await isUtf8File(file)
  if (isValid || wanted || hasUtf8Mark(start)) {
    return { encoding: "utf-8", isGuess: false, mayBeDamaged: !isValid }
  }
  return { encoding: "windows-1252", isGuess: true, mayBeDamaged: true }
}

/** The first bytes of a file. */
export async function readStart(file: string, length: number): Promise<Buffer> {
  const handle = await open(file)
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(length), 0, length, 0)
    return buffer.subarray(0, bytesRead)
  } finally {
    await handle.close()
  }
}

/** Text of a file in pieces, without byte order mark; `onBytes` hears how many bytes have been consumed. */
export async function* readText(
  file: string,
  encoding: string,
  onBytes?: (bytes: number) => void,
): AsyncGenerator<string> {
  const decoder = iconv.getDecoder(encoding)
  let bytes = 0
  for await (const chunk of createReadStream(file, { highWaterMark: CHUNK_BYTES }) as AsyncIterable<Buffer>) {
    bytes += chunk.length
    onBytes?.(bytes)
    yield decoder.write(chunk)
  }
  yield decoder.end() ?? ""
}

/** UTF-16 by its mark, or by every other byte being zero as in Western text. */
export function utf16FromBytes(start: Buffer): "utf-16le" | "utf-16be" | undefined {
  if (start[0] === 0xff && start[1] === 0xfe) return "utf-16le"
  if (start[0] === 0xfe && start[1] === 0xff) return "utf-16be"
  let even = 0
  let odd = 0
  for (let index = 0; index < start.length; index++) {
    if (start[index] !== 0) continue
    if (index % 2) odd++
    else even++
  }
  const enough = start.length * 0.2
  if (start.length < 4 || even + odd <= enough) return undefined
  if (odd > enough && even * 10 < odd) return "utf-16le"
  if (even > enough && odd * 10 < even) return "utf-16be"
  return undefined
}

export function hasUtf8Mark(start: Buffer): boolean {
  return start[0] === 0xef && start[1] === 0xbb && start[2] === 0xbf
}

async function isUtf8File(file: string): Promise<boolean> {
  let rest: Buffer = Buffer.alloc(0)
  for await (const chunk of createReadStream(file, { highWaterMark: CHUNK_BYTES }) as AsyncIterable<Buffer>) {
    const bytes = rest.length > 0 ? Buffer.concat([rest, chunk]) : chunk
    const complete = completeLength(bytes)
    if (!isUtf8(bytes.subarray(0, complete))) return false
    rest = bytes.subarray(complete)
  }
  return rest.length === 0
}

/** Length without a character that may only have begun in the last three bytes. */
function completeLength(bytes: Buffer): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back++) {
    const byte = bytes[bytes.length - back]!
    if (byte < 0x80) break
    if (byte >= 0xc0) {
      const needed = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2
      return needed > back ? bytes.length - back : bytes.length
    }
  }
  return bytes.length
}
