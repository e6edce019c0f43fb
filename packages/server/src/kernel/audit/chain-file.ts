import { createReadStream } from "node:fs"
import { createInterface } from "node:readline"
import { z } from "zod"
import { hashBytes } from "./chain.ts"
import type { ChainPart } from "./read-chain.ts"

const hex = z.string().regex(/^[0-9a-f]*$/)
const id = z.string()
const blockLine = z.strictObject({
  workspaceId: z.string(),
  seq: z.number().int(),
  sealedAt: z.string(),
  previous: hex,
  hash: hex,
  events: z.array(
    z.strictObject({
      id,
      leaf: hex,
      // Files written before events had lines of their own hold them here; of something erased both are null.
      salt: hex.nullable().optional(),
      facts: z.string().nullable().optional(),
    }),
  ),
})
const eventLine = z.strictObject({ event: id, salt: hex.nullable(), facts: z.string() })
const endLine = z.strictObject({
  workspaceId: z.string(),
  erased: z.array(id),
  outside: z.strictObject({ before: z.number(), since: z.number(), first: id.nullable() }),
})
type BlockLine = z.output<typeof blockLine>
const lineSchema = z.union([blockLine, eventLine, endLine])

/** A part of a chain as a line of a file, with everything needed to look at it without a database. */
export function writeLine(part: ChainPart): string {
  return `${JSON.stringify(lineOf(part))}\n`
}
function lineOf(part: ChainPart): z.input<typeof lineSchema> {
  if (part.part === "event") return { event: part.id, salt: part.salt.toString("hex"), facts: part.facts }
  if (part.part === "end") {
    const { part: _, ...end } = part
    return end
  }
  const { workspaceId, seq, sealedAt, previous, hash, eventIds, leaves } = part
  return {
    workspaceId,
    seq,
    sealedAt,
    previous: previous.toString("hex"),
    hash: hash.toString("hex"),
    events: eventIds.map((eventId, index) => ({
      id: eventId,
      leaf: leaves.subarray(index * hashBytes, (index + 1) * hashBytes).toString("hex"),
    })),
  }
}

/** The parts in a file of the lines of `writeLine`. Throws on a line that is none, with its number. */
export async function* readLines(path: string): AsyncGenerator<ChainPart> {
  const lines = createInterface({
    input: createReadStream(path, "utf8"),
    crlfDelay: Number.POSITIVE_INFINITY,
  })
  let number = 0
  for await (const line of lines) {
    number++
    if (line !== "") yield* partsOf(line, number)
  }
}
function partsOf(text: string, number: number): ChainPart[] {
  const { data: line } = lineSchema.safeParse(parsed(text))
  if (!line) throw new Error(`Line ${number} is no part of an audit chain.`)
  if ("event" in line) return [eventOf(line.event, line)]
  if ("erased" in line) return [{ part: "end", ...line }]
  return [
    blockOf(line),
    ...line.events.flatMap(({ id: eventId, salt, facts }) =>
      typeof facts === "string" ? [eventOf(eventId, { salt: salt ?? null, facts })] : [],
    ),
  ]
}
/** Facts without their salt can't be looked at: nothing but a change leaves them so, and it must not pass for an erasure. */
function eventOf(eventId: string, { salt, facts }: { salt: string | null; facts: string }): ChainPart {
  return { part: "event", id: eventId, salt: Buffer.from(salt ?? "", "hex"), facts }
}
function blockOf({ previous, hash, events, ...place }: BlockLine): ChainPart {
  return {
    part: "block",
    ...place,
    previous: Buffer.from(previous, "hex"),
    hash: Buffer.from(hash, "hex"),
    eventIds: events.map((event) => event.id),
    leaves: Buffer.concat(events.map(({ leaf }) => Buffer.from(leaf, "hex"))),
  }
}
function parsed(line: string): unknown {
  try {
    return JSON.parse(line)
  } catch {
    return undefined
  }
}
