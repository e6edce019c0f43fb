import { recordsErased } from "../records/erase.ts"
import { beginning, type Head, hashBytes, hashOfBlock, leafOf } from "./chain.ts"
import type { ChainEnd, ChainPart, ReadBlock, SealedEvent } from "./read-chain.ts"

/** Where a chain is broken first, or that it holds. */
export interface Verdict {
  ok: boolean
  blocks: number
  events: number
  /** Events whose records were erased since: their hashes are in the chain, what they said is gone. */
  erased: number
  /** Of these, those whose erasure is not sealed itself yet: it will be in a moment. */
  unsealed: number
  /** Events from before the first block: nothing tells whether they were changed. */
  before: number
  head: Head | null
  broken: Fault | null
}
export interface Fault {
  seq: number
  eventId: string | null
  reason: "changed" | "missing" | "order" | "gone" | "altered" | "end" | "outside"
}

/** What is known so far of a chain that is followed. */
interface Followed {
  verdict: Verdict
  /** Events that were not there where they should be, with their block, until an erasure accounts for them. */
  missing: Map<string, number>
  /** Events of the block that is looked at, by id with their place in it, that have not come yet. */
  awaited: Map<string, number>
  /** Of these, those that an erasure in the same block names. */
  excused: Set<string>
  block: ReadBlock | undefined
}

/**
 * Follows a chain from its beginning, in constant memory but for the ids of what was erased. Names the first fault:
 * a block that was changed, one left out, one in another's place, an event that is gone though nothing says that it was
 * erased, an event that says something else than what was sealed, an end before the head that was kept elsewhere, an
 * event that came past the chain.
 */
export async function verifyChain(
  parts: AsyncIterable<ChainPart>,
  kept?: Head | undefined,
): Promise<Verdict> {
  const verdict: Verdict = {
    ok: true,
    blocks: 0,
    events: 0,
    erased: 0,
    unsealed: 0,
    before: 0,
    head: null,
    broken: null,
  }
  const followed: Followed = {
    verdict,
    missing: new Map(),
    awaited: new Map(),
    excused: new Set(),
    block: undefined,
  }
  let end: ChainEnd | undefined
  for await (const part of parts) {
    if (part.part === "end") end = part
    const broken =
      part.part === "block"
        ? followBlock(followed, part, kept)
        : part.part === "event"
          ? followEvent(followed, part)
          : undefined
    if (broken) return { ...verdict, ok: false, broken }
  }
  const broken = followEnd(followed, end, kept)
  return { ...verdict, ok: broken === null, broken }
}

function followBlock(followed: Followed, block: ReadBlock, kept: Head | undefined): Fault | undefined {
  const { verdict } = followed
  missAwaited(followed)
  const previous = followed.block?.hash ?? beginning
  const fault = faultOfBlock(block, previous, verdict.blocks + 1, kept)
  if (fault) return fault
  followed.block = block
  followed.excused = new Set()
  followed.awaited = new Map(block.eventIds.map((id, place) => [id, place]))
  verdict.blocks++
  verdict.events += block.eventIds.length
  verdict.head = { seq: block.seq, hash: block.hash.toString("hex") }
  return undefined
}
/** What has not come with its block is gone, or was erased. */
function missAwaited({ verdict, awaited, excused, missing, block }: Followed): void {
  for (const id of awaited.keys())
    if (excused.has(id)) verdict.erased++
    else missing.set(id, block?.seq ?? 0)
}

function followEvent(followed: Followed, event: SealedEvent): Fault | undefined {
  const { block, awaited, verdict } = followed
  const place = awaited.get(event.id)
  const leaf =
    place === undefined ? undefined : block?.leaves.subarray(place * hashBytes, (place + 1) * hashBytes)
  if (!leaf?.equals(leafOf(event.salt, event.facts)))
    return { seq: block?.seq ?? 1, eventId: event.id, reason: "altered" }
  awaited.delete(event.id)
  verdict.erased += accountFor(followed, erasedBy(event))
  return undefined
}
/** Returns how many of those that were missing are accounted for. */
function accountFor({ missing, awaited, excused }: Followed, ids: readonly string[]): number {
  for (const id of ids) if (awaited.has(id)) excused.add(id)
  return ids.filter((id) => missing.delete(id)).length
}

function followEnd(followed: Followed, end: ChainEnd | undefined, kept: Head | undefined): Fault | null {
  const { verdict, missing } = followed
  missAwaited(followed)
  verdict.unsealed = accountFor(followed, end?.erased ?? [])
  verdict.erased += verdict.unsealed
  verdict.before = end?.outside.before ?? 0
  const [first] = [...missing].sort(([, one], [, other]) => one - other)
  if (first) return { seq: first[1], eventId: first[0], reason: "gone" }
  if (kept && kept.seq > verdict.blocks) return { seq: verdict.blocks + 1, eventId: null, reason: "end" }
  return end?.outside.first ? { seq: verdict.blocks, eventId: end.outside.first, reason: "outside" } : null
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
/** Events that an erasure names. */
function erasedBy({ facts }: SealedEvent): string[] {
  if (!facts.includes(`"${recordsErased}"`)) return []
  const [, type, , , , , data] = JSON.parse(facts) as [...unknown[]]
  return type === recordsErased ? ((data as { events?: string[] }).events ?? []) : []
}
