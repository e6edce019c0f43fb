import { recordsErased } from "../records/erase.ts"
import { beginning, type Head, hashBytes, hashOfBlock, leafOf } from "./chain.ts"
import type { ReadBlock, SealedEvent } from "./read-chain.ts"

/** Where a chain is broken first, or that it holds. */
export interface Verdict {
  ok: boolean
  blocks: number
  events: number
  /** Events whose records were erased since: their hashes are in the chain, what they said is gone. */
  erased: number
  head: Head | null
  broken: Fault | null
}
export interface Fault {
  seq: number
  eventId: string | null
  reason: "changed" | "missing" | "order" | "gone" | "altered" | "end"
}

/**
 * Follows a chain from its beginning, in constant memory but for the ids of what was erased. Names the first fault:
 * a block that was changed, one left out, one in another's place, an event that is gone though nothing says that it was
 * erased, an event that says something else than what was sealed, an end before the head that was kept elsewhere.
 */
export async function verifyChain(
  blocks: AsyncIterable<ReadBlock>,
  kept?: Head | undefined,
): Promise<Verdict> {
  const verdict: Verdict = { ok: true, blocks: 0, events: 0, erased: 0, head: null, broken: null }
  /** Events that are not there any more, with their block, until an erasure accounts for them. */
  const missing = new Map<string, number>()
  let previous: Buffer = beginning
  for await (const block of blocks) {
    const fault = faultOfBlock(block, previous, verdict.blocks + 1, kept) ?? faultOfEvents(block)
    if (fault) return { ...verdict, ok: false, broken: fault }
    for (const event of block.events) {
      if (event.salt === null || event.facts === null) missing.set(event.id, block.seq)
      for (const id of erasedBy(event)) if (missing.delete(id)) verdict.erased++
    }
    verdict.blocks++
    verdict.events += block.events.length
    verdict.head = { seq: block.seq, hash: block.hash.toString("hex") }
    previous = block.hash
  }
  const broken = faultAtEnd(verdict.blocks, missing, kept)
  return { ...verdict, ok: broken === null, broken }
}

function faultOfBlock(
  block: ReadBlock,
  previous: Buffer,
  seq: number,
  kept: Head | undefined,
): Fault | undefined {
  const at = { seq: block.seq, eventId: null }
  if (block.seq !== seq) return { seq, eventId: null, reason: block.seq > seq ? "missing" : "order" }
  if (block.leaves.length !== block.eventIds.length * hashBytes) return { ...at, reason: "changed" }
  if (!hashOfBlock(block).equals(block.hash)) return { ...at, reason: "changed" }
  if (!block.previous.equals(previous)) return { ...at, reason: "order" }
  if (kept?.seq === block.seq && kept.hash !== block.hash.toString("hex")) return { ...at, reason: "changed" }
  return undefined
}
function faultOfEvents({ seq, events }: ReadBlock): Fault | undefined {
  const altered = events.find((event) => isAltered(event) || isHalf(event))
  return altered && { seq, eventId: altered.id, reason: "altered" }
}
/** Facts without their salt can't be looked at: nothing but a change leaves them so. */
function isHalf({ salt, facts }: SealedEvent): boolean {
  return (salt === null) !== (facts === null)
}
function isAltered({ salt, facts, leaf }: SealedEvent): boolean {
  return salt !== null && facts !== null && !leafOf(salt, facts).equals(leaf)
}
/** Events that a sealed erasure names. */
function erasedBy({ facts }: SealedEvent): string[] {
  if (!facts?.includes(`"${recordsErased}"`)) return []
  const [, type, , , , , data] = JSON.parse(facts) as [...unknown[]]
  return type === recordsErased ? ((data as { events?: string[] }).events ?? []) : []
}
function faultAtEnd(
  blocks: number,
  missing: ReadonlyMap<string, number>,
  kept: Head | undefined,
): Fault | null {
  const [first] = [...missing].sort(([, one], [, other]) => one - other)
  if (first) return { seq: first[1], eventId: first[0], reason: "gone" }
  return kept && kept.seq > blocks ? { seq: blocks + 1, eventId: null, reason: "end" } : null
}
