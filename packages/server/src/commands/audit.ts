import { createWriteStream } from "node:fs"
import { Readable } from "node:stream"
import { pipeline } from "node:stream/promises"
import { readHead, writeHead } from "../kernel/audit/chain.ts"
import { readLines, writeLine } from "../kernel/audit/chain-file.ts"
import { type ChainPart, readChain } from "../kernel/audit/read-chain.ts"
import { type Verdict, verifyChain } from "../kernel/audit/verify.ts"
import type { Services } from "../kernel/context.ts"
import { readAsSystem } from "../kernel/jobs/run.ts"
import {
  type Command,
  findWorkspace,
  type Given,
  pathOf,
  textOption,
  UsageProblem,
  withServices,
} from "./command.ts"

export const audit: Command = {
  usage: "audit verify [FILE] [--workspace NAME] [--head SEQ:HASH] | audit export FILE --workspace NAME",
  about:
    "follows a workspace's audit chain, or that of an exported file, and names the first fault; ends with 1 on one",
  options: { workspace: "text", head: "text" },
  words: 2,
  async run(given) {
    const [task, ...words] = given.words
    if (task === "export") return exportChain({ ...given, words })
    if (task !== "verify") throw new UsageProblem("What to do is needed: verify or export.")
    const head = keptHead(given)
    const verdict =
      words.length > 0
        ? await verifyChain(readLines(pathOf({ ...given, words }, "The file")), head)
        : await inWorkspace(given, (parts) => verifyChain(parts, head))
    return { ...verdict }
  },
  text: (answer) =>
    "blocks" in answer && "ok" in answer ? told(answer as unknown as Verdict) : written(answer),
}

function keptHead(given: Given) {
  if (given.options.head === undefined) return undefined
  const head = readHead(textOption(given, "head"))
  if (!head) throw new UsageProblem("--head must be what an earlier look printed, such as 17:3f….")
  return head
}
function inWorkspace<T>(given: Given, work: (parts: AsyncIterable<ChainPart>) => Promise<T>): Promise<T> {
  const name = textOption(given, "workspace")
  return withServices(async (services: Services) => {
    const workspaceId = await findWorkspace(services, name)
    return readAsSystem(services, workspaceId, (ctx) => work(readChain(ctx.tx)))
  })
}
async function exportChain(given: Given): Promise<Record<string, unknown>> {
  const file = pathOf(given, "The file to write")
  return inWorkspace(given, async (parts) => {
    let blocks = 0
    const lines = async function* () {
      for await (const part of parts) {
        if (part.part === "block") blocks++
        yield writeLine(part)
      }
    }
    await pipeline(Readable.from(lines()), createWriteStream(file, { flags: "wx" }))
    return { file, blocks }
  })
}

const reasons: Record<NonNullable<Verdict["broken"]>["reason"], string> = {
  changed: "was changed",
  missing: "is missing",
  order: "does not follow the one before it",
  gone: "holds an event that is gone, and nothing says that it was erased",
  altered: "holds an event that says something else now",
  end: "is missing: the chain ends before the head that was kept",
  outside: "is the last, and an event came past the chain",
}
function told({ blocks, events, erased, unsealed, before, head, broken }: Verdict): string {
  if (broken) {
    const event = broken.eventId ? ` (event ${broken.eventId})` : ""
    return `The chain is broken: block ${broken.seq} ${reasons[broken.reason]}${event}.`
  }
  const kept = head ? `\nKeep this elsewhere, for --head: ${writeHead(head)}` : ""
  const pending = unsealed > 0 ? ` ${unsealed} of these by an erasure that is not sealed yet.` : ""
  const earlier = before > 0 ? ` ${before} events from before the chain are not in it.` : ""
  return `The chain holds: ${blocks} blocks with ${events} events, ${erased} of them erased since.${pending}${earlier}${kept}`
}
function written({ file, blocks }: Record<string, unknown>): string {
  return `Wrote ${String(blocks)} blocks to ${String(file)}.`
}
