import { hash as digestOf } from "node:crypto"
import { StringStore } from "./formats/string-store.ts"
import { type Facts, factsOf, type MatchKey } from "./match-keys.ts"

/** What became of a row: decides whether a later row with the same key joins it. */
export type RowOutcome = "created" | "updated" | "merged" | "unchanged"
export interface SeenRow<T> {
  facts: Facts
  name: string
  line: number
  outcome: RowOutcome
  /** Whatever the keeper of the rows remembers of this one. */
  entry: T | undefined
}
/** Rows of the file that came before, found by their keys; the first with a key counts. */
export interface SeenRows<T> {
  find(key: MatchKey): SeenRow<T> | undefined
  add(row: SeenRow<T>, keys: readonly MatchKey[]): void
}

/** The rows of one chunk. */
export function rowsOfChunk<T>(): SeenRows<T> {
  const rows = new Map<string, SeenRow<T>>()
  return {
    find: (key) => rows.get(textOf(key)),
    add(row, keys) {
      for (const key of keys) if (!rows.has(textOf(key))) rows.set(textOf(key), row)
    },
  }
}
function textOf({ reason, value, within = "" }: MatchKey): string {
  return `${reason} ${value}\n${within}`
}

const outcomes: readonly RowOutcome[] = ["created", "updated", "merged", "unchanged"]
/**
 * The rows of a whole file, for a check that writes nothing: a table of hashes (12 bytes a key, at most half
 * full) and the facts in a store that keeps 24 MB in memory and the rest in a temporary file. A million rows
 * with three keys each take about 100 MB. Hashes of 64 bits: two of a million keys meet once in ten million files.
 */
export class SeenFile implements SeenRows<never> {
  readonly #facts = new StringStore()
  #rows = 0
  #size = 1 << 16
  #used = 0
  #table = new Uint32Array(this.#size * 3)
  #kinds = new Uint8Array(1 << 12)

  find(key: MatchKey): SeenRow<never> | undefined {
    const [high, low] = hash(textOf(key))
    const row = this.#table[this.#slot(high, low) + 2] as number
    if (row === 0) return undefined
    const text = this.#facts.get(row - 1)
    if (text === undefined) return undefined
    const [line, name, ...facts] = JSON.parse(text) as [number, string, ...unknown[]]
    return {
      line,
      name,
      facts: Object.fromEntries(factKeys.map((fact, index) => [fact, facts[index]])) as unknown as Facts,
      outcome: outcomes[this.#kinds[row - 1] as number] as RowOutcome,
      entry: undefined,
    }
  }

  add({ facts, name, line, outcome }: SeenRow<never>, keys: readonly MatchKey[]): void {
    if (keys.length === 0) return
    this.#facts.append(JSON.stringify([line, name, ...factKeys.map((fact) => facts[fact])]))
    if (this.#rows === this.#kinds.length) {
      const kinds = new Uint8Array(this.#kinds.length * 2)
      kinds.set(this.#kinds)
      this.#kinds = kinds
    }
    this.#kinds[this.#rows] = outcomes.indexOf(outcome)
    this.#rows++
    for (const key of keys) this.#put(hash(textOf(key)), this.#rows)
  }
  /** A company that stands there because a row named it. `name` as the row has it. */
  addNamed(name: string): void {
    const facts = factsOf({ name }, "")
    this.add({ facts, name, line: 0, outcome: "created", entry: undefined }, [
      { reason: "name", value: facts.name },
    ])
  }
  /** Makes what was added findable; to be called between chunks. */
  settle(): void {
    this.#facts.finish()
  }
  close(): void {
    this.#facts.close()
  }

  #put([high, low]: readonly [number, number], row: number): void {
    if (this.#used * 2 >= this.#size) this.#grow()
    const slot = this.#slot(high, low)
    if (this.#table[slot + 2] !== 0) return
    this.#table[slot] = high
    this.#table[slot + 1] = low
    this.#table[slot + 2] = row
    this.#used++
  }
  /** Place of a hash in the table: its own, or the empty one where it would go. */
  #slot(high: number, low: number): number {
    const table = this.#table
    let index = high & (this.#size - 1)
    while (table[index * 3 + 2] !== 0 && (table[index * 3] !== high || table[index * 3 + 1] !== low))
      index = (index + 1) & (this.#size - 1)
    return index * 3
  }
  #grow(): void {
    const old = this.#table
    this.#size *= 2
    this.#table = new Uint32Array(this.#size * 3)
    for (let at = 0; at < old.length; at += 3) {
      if (old[at + 2] === 0) continue
      this.#table.set(old.subarray(at, at + 3), this.#slot(old[at] as number, old[at + 1] as number))
    }
  }
}
const factKeys = [
  "name",
  "company",
  "hasEmail",
  "hasContact",
  "postalCode",
  "birthday",
  "externalId",
] as const

/** 64 bits of a digest, as two numbers. */
function hash(text: string): readonly [number, number] {
  const digest = digestOf("md5", text, "buffer")
  return [digest.readUInt32LE(0), digest.readUInt32LE(4)]
}
