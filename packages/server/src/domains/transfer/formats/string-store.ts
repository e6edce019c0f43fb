import { closeSync, mkdtempSync, openSync, readSync, rmSync, writeSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"

const BLOCK_STRINGS = 256
const BLOCK_BYTES = 64 * 1024
const HEADER_BYTES = BLOCK_STRINGS * 4
const MEMORY_BYTES = 24 * 1024 * 1024
const CACHE_BYTES = 8 * 1024 * 1024

type Block = { bytes: Buffer } | { offset: number; length: number }

/**
 * A list of strings to append to and then look up by index, in bounded memory however many there are. Strings are
 * kept as UTF-8 in blocks of up to 256, with their end positions in front; blocks beyond 24 MB go to a temporary
 * file, and the recently read of those are cached. A workbook refers to its strings roughly in the order it keeps
 * them, so nearly every look-up hits.
 */
export class StringStore {
  readonly #blocks: Block[] = []
  /** Index of the first string of each block. */
  readonly #firsts: number[] = []
  #count = 0
  /** The block being filled. */
  readonly #filling = Buffer.allocUnsafe(BLOCK_BYTES)
  #filled = HEADER_BYTES
  #slots = 0
  #inMemory = 0
  #spilled = 0
  readonly #cache = new Map<number, Buffer>()
  #cached = 0
  #folder: string | undefined
  #file: number | undefined

  append(text: string): void {
    const most = text.length * 3
    if (this.#slots === BLOCK_STRINGS || this.#filled + most > BLOCK_BYTES) this.finish()
    if (HEADER_BYTES + most > BLOCK_BYTES) {
      this.#keep(Buffer.concat([Buffer.alloc(HEADER_BYTES), Buffer.from(text)]), 1)
      return
    }
    this.#filled += this.#filling.write(text, this.#filled)
    this.#filling.writeUInt32LE(this.#filled, this.#slots * 4)
    this.#slots++
  }

  /** To be called once after the last `append`. */
  finish(): void {
    if (this.#slots > 0) this.#keep(Buffer.from(this.#filling.subarray(0, this.#filled)), this.#slots)
    this.#filled = HEADER_BYTES
    this.#slots = 0
  }

  /** The string at this index; undefined when there is none. */
  get(index: number): string | undefined {
    if (!Number.isInteger(index) || index < 0 || index >= this.#count) return undefined
    const number = this.#blockOf(index)
    const block = this.#load(number)
    const slot = index - this.#firsts[number]!
    const start = slot === 0 ? HEADER_BYTES : block.readUInt32LE(slot * 4 - 4)
    // A block of one long string has no end positions.
    return block.toString("utf8", start, block.readUInt32LE(slot * 4) || block.length)
  }

  close(): void {
    if (this.#file !== undefined) closeSync(this.#file)
    if (this.#folder !== undefined) rmSync(this.#folder, { recursive: true, force: true })
    this.#file = undefined
    this.#folder = undefined
  }

  #keep(bytes: Buffer, strings: number): void {
    this.#firsts.push(this.#count)
    this.#count += strings
    if (this.#inMemory + bytes.length <= MEMORY_BYTES) {
      this.#inMemory += bytes.length
      this.#blocks.push({ bytes })
      return
    }
    if (this.#file === undefined) {
      this.#folder = mkdtempSync(join(tmpdir(), "regulars-strings-"))
      this.#file = openSync(join(this.#folder, "strings"), "wx+", 0o600)
    }
    writeSync(this.#file, bytes, 0, bytes.length, this.#spilled)
    this.#blocks.push({ offset: this.#spilled, length: bytes.length })
    this.#spilled += bytes.length
  }

  /** The last block whose first string is not beyond the index. */
  #blockOf(index: number): number {
    let low = 0
    let high = this.#firsts.length - 1
    while (low < high) {
      const middle = (low + high + 1) >>> 1
      if (this.#firsts[middle]! <= index) low = middle
      else high = middle - 1
    }
    return low
  }

  #load(number: number): Buffer {
    const block = this.#blocks[number]!
    if ("bytes" in block) return block.bytes
    const cached = this.#cache.get(number)
    if (cached) return cached
    const bytes = Buffer.allocUnsafe(block.length)
    readSync(this.#file!, bytes, 0, block.length, block.offset)
    for (const [oldest, old] of this.#cache) {
      if (this.#cached + bytes.length <= CACHE_BYTES) break
      this.#cache.delete(oldest)
      this.#cached -= old.length
    }
    this.#cache.set(number, bytes)
    this.#cached += bytes.length
    return bytes
  }
}
