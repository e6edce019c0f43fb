import type { JobHandler } from "../../kernel/context.ts"
import { sweepContents } from "./content-store.ts"
import { contentsInUse } from "./files.queries.ts"

/** Removes content that belongs to no file of any workspace. */
export const sweepJob: JobHandler = {
  name: "files.sweep",
  attempts: 3,
  async handle(ctx) {
    const removed = await sweepContents({
      place: ctx.services,
      now: ctx.now(),
      inUse: (hashes) => contentsInUse(ctx, hashes),
    })
    if (removed > 0) ctx.log.info(`Removed ${removed} uploads that nothing refers to.`)
  },
}
