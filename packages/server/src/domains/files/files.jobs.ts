import { sweepContents } from "../../kernel/contents/sweep-contents.ts"
import type { JobHandler } from "../../kernel/context.ts"
import { asSystem } from "../../kernel/jobs/run.ts"
import { contentsInUse, lockContent } from "./files.queries.ts"
import { forgetThumbnails } from "./thumbnail-cache.ts"

/** Removes content that belongs to no file of any workspace. */
export const sweepJob: JobHandler = {
  name: "files.sweep",
  attempts: 3,
  opensOwn: true,
  async handle(ctx) {
    const { services, workspaceId } = ctx
    const removed = await sweepContents({
      contents: services.contents,
      now: ctx.now(),
      inUse: (hashes) => contentsInUse(ctx, hashes),
      whileUnused: (hash, work) =>
        asSystem(services, workspaceId, 0, async (own) => {
          await lockContent(own, hash, "alone")
          if (!(await contentsInUse(own, [hash])).has(hash)) await work()
        }),
    })
    const isRemoved = new Set(removed)
    await forgetThumbnails(services, (hash) => isRemoved.has(hash))
    if (removed.length > 0) ctx.log.info(`Removed ${removed.length} uploads that nothing refers to.`)
  },
}
