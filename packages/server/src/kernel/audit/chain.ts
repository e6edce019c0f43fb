import { createHash } from "node:crypto"

/** Bytes of a hash (SHA-256, FIPS 180-4). */
export const hashBytes = 32
/** What the first block of a workspace is bound to. */
export const beginning = Buffer.alloc(hashBytes)

export interface Block {
  workspaceId: string
  /** 1 for the first block of a workspace. */
  seq: number
  /** ISO 8601, UTC, in milliseconds. */
  sealedAt: string
  eventIds: readonly string[]
  /** Salted hashes of the events, in the order of their ids. */
  leaves: Buffer
  /** Hash of the block before. */
  previous: Buffer
}
/**
 * The hash of a block: of the one before, of where and when it stands, and of everything in it. So a block can't be
 * changed, left out, moved or taken to another workspace without all that follow.
 */
export function hashOfBlock({ workspaceId, seq, sealedAt, eventIds, leaves, previous }: Block): Buffer {
  return createHash("sha256")
    .update(previous)
    .update(`${workspaceId} ${seq} ${sealedAt} ${eventIds.join(",")}\n`)
    .update(leaves)
    .digest()
}
/** The salted hash of what an event says: `facts` is the text of the database's `event_facts`. */
export function leafOf(salt: Buffer, facts: string): Buffer {
  return createHash("sha256").update(salt).update(facts, "utf8").digest()
}

/** The newest block of a workspace, to be kept elsewhere: with it, a cut-off end shows. */
export interface Head {
  seq: number
  /** Hexadecimal. */
  hash: string
}
export function writeHead({ seq, hash }: Head): string {
  return `${seq}:${hash}`
}
/** The reverse of `writeHead`; undefined for what is none. */
export function readHead(text: string): Head | undefined {
  const [, seq, hash] = /^(\d{1,15}):([0-9a-f]{64})$/.exec(text.trim()) ?? []
  return seq && hash ? { seq: Number(seq), hash } : undefined
}
