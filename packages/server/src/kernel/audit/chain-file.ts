import { createReadStream } from "node:fs"
import { createInterface } from "node:readline"
import { z } from "zod"
import type { ReadBlock } from "./read-chain.ts"

const hex = z.string().regex(/^[0-9a-f]*$/)
const lineSchema = z.strictObject({
  workspaceId: z.string(),
  seq: z.number().int(),
  sealedAt: z.string(),
  previous: hex,
  hash: hex,
  events: z.array(
    z.strictObject({
      id: z.string(),
      leaf: hex,
      salt: hex.nullable(),
      facts: z.string().nullable(),
    }),
  ),
})

/** A block as a line of a file, with everything needed to look at it without a database. */
export function writeLine(block: ReadBlock): string {
  const { workspaceId, seq, sealedAt } = block
  const line: z.input<typeof lineSchema> = {
    workspaceId,
    seq,
    sealedAt,
    previous: block.previous.toString("hex"),
    hash: block.hash.toString("hex"),
    events: block.events.map(({ id, leaf, salt, facts }) => ({
      id,
      leaf: leaf.toString("hex"),
      salt: salt?.toString("hex") ?? null,
      facts,
    })),
  }
  return `${JSON.stringify(line)}\n`
}

/** The blocks of a file that `writeLine` wrote. Throws on a line that is no block, with its number. */
export async function* readLines(path: string): AsyncGenerator<ReadBlock> {
  const lines = createInterface({
    input: createReadStream(path, "utf8"),
    crlfDelay: Number.POSITIVE_INFINITY,
  })
  let number = 0
  for await (const line of lines) {
    number++
    if (line !== "") yield readLine(line, number)
  }
}
function readLine(line: string, number: number): ReadBlock {
  const found = lineSchema.safeParse(parsed(line))
  if (!found.success) throw new Error(`Line ${number} is no block of an audit chain.`)
  const { previous, hash, events, ...place } = found.data
  const read = events.map(({ leaf, salt, ...event }) => ({
    ...event,
    leaf: Buffer.from(leaf, "hex"),
    salt: salt === null ? null : Buffer.from(salt, "hex"),
  }))
  return {
    ...place,
    previous: Buffer.from(previous, "hex"),
    hash: Buffer.from(hash, "hex"),
    eventIds: read.map(({ id }) => id),
    leaves: Buffer.concat(read.map(({ leaf }) => leaf)),
    events: read,
  }
}
function parsed(line: string): unknown {
  try {
    return JSON.parse(line)
  } catch {
    return undefined
  }
}
