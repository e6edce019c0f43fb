import { randomFillSync } from "node:crypto"

let lastTime = 0
let counter = 0

/** Random bytes are fetched for many ids at once: asking for sixteen costs nearly as much as for thousands. */
const pool = Buffer.alloc(8192)
let used = pool.length
const bytes = Buffer.alloc(16)

/**
 * A UUID of version 7 (RFC 9562, method 1: the 12 bits after the time count up within a millisecond), so
 * that ids made one after the other by this process sort in that order and land side by side in an index.
 */
export function newId(now: number = Date.now()): string {
  if (now > lastTime) {
    lastTime = now
    counter = 0
  } else if (++counter > 0xfff) {
    lastTime++
    counter = 0
  }
  if (used === pool.length) {
    randomFillSync(pool)
    used = 0
  }
  pool.copy(bytes, 8, used, used + 8)
  used += 8
  bytes.writeUIntBE(lastTime, 0, 6)
  bytes[6] = 0x70 | (counter >> 8)
  bytes[7] = counter & 0xff
  bytes[8] = 0x80 | ((bytes[8] as number) & 0x3f)
  const hex = bytes.toString("hex")
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`
}

/** The least id of a moment (milliseconds): those made before it are smaller, those made since are not. */
export function firstIdAt(time: number): string {
  const hex = Math.max(0, time).toString(16).padStart(12, "0")
  return `${hex.slice(0, 8)}-${hex.slice(8)}-7000-8000-000000000000`
}

/** Whether a text from outside is an id as we write them. */
export function isId(text: string): boolean {
  return /^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$/.test(text)
}
