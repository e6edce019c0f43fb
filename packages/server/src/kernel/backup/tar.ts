import { BackupProblem } from "./problem.ts"

/** Everything in a tar archive stands in blocks of this many bytes. */
export const blockSize = 512
/** Two empty blocks end an archive. */
export const endOfArchive: Buffer = Buffer.alloc(2 * blockSize)
const longestName = 100
/** Eleven octal digits. */
const largestMember = 8 ** 11 - 1

/** Bytes that fill the last block of a member. */
export function padding(size: number): number {
  return (blockSize - (size % blockSize)) % blockSize
}

/**
 * The block before a member, as POSIX (ustar) describes it, for a plain file of nobody in particular.
 * `modified` is in seconds since 1970. Throws when name or size do not fit.
 */
export function tarHeader(name: string, size: number, modified: number): Buffer {
  if (Buffer.byteLength(name) > longestName)
    throw new BackupProblem(`"${name}" has too long a name for a backup.`)
  if (size > largestMember) throw new BackupProblem(`"${name}" is too large for a backup.`)
  const header = Buffer.alloc(blockSize)
  header.write(name, 0)
  header.write("0000600\0", 100)
  header.write("0000000\0", 108)
  header.write("0000000\0", 116)
  header.write(`${octal(size)}\0`, 124)
  header.write(`${octal(modified)}\0`, 136)
  header.write("0", 156)
  header.write("ustar\x0000", 257)
  // The sum is taken with blanks in its own place.
  header.write(" ".repeat(8), 148)
  const sum = header.reduce((total, byte) => total + byte, 0)
  header.write(`${sum.toString(8).padStart(6, "0")}\0 `, 148)
  return header
}
function octal(value: number): string {
  return value.toString(8).padStart(11, "0")
}

export interface TarEntry {
  name: string
  size: number
}
/** Reads what `tarHeader` wrote; undefined at the end of the archive. Throws on anything else. */
export function readTarHeader(header: Buffer): TarEntry | undefined {
  if (header.every((byte) => byte === 0)) return undefined
  const text = (from: number, to: number) => header.toString("utf8", from, to).replace(/\0.*$/s, "")
  const name = text(0, longestName)
  const size = Number.parseInt(text(124, 136), 8)
  const modified = Number.parseInt(text(136, 148), 8)
  const isOurs = size >= 0 && modified >= 0 && tarHeader(name, size, modified).equals(header)
  if (!isOurs) throw new BackupProblem("The backup is damaged: a part of it can't be read.")
  return { name, size }
}
