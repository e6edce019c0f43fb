import { claimContents, foreignPlace } from "../../kernel/contents/ownership.ts"
import { sweepContents } from "../../kernel/contents/sweep-contents.ts"
import type { JobHandler } from "../../kernel/context.ts"
import { asSystem } from "../../kernel/jobs/run.ts"
import { contentsInUse, lockContent } from "./files.queries.ts"
import { forgetThumbnails } from "./thumbnail-cache.ts"
import { tidyFiles } from "./tidy.ts"

/** Removes content that belongs to no file of any workspace. */
export const sweepJob: JobHandler = {
  name: "files.sweep",
  attempts: 3,
  opensOwn: true,
  async handle(ctx) {
    const { services, workspaceId } = ctx
    await tidyFiles(services)
    const removed = await sweepContents({
      contents: services.contents,
      now: ctx.now(),
      isOurs: async () => {
        const isOurs = await claimContents(services.contents, services.instanceId)
        if (!isOurs) ctx.log.warn(`${foreignPlace} Nothing is deleted there.`)
        return isOurs
      },
      inUse: (hashes) => contentsInUse(ctx, hashes),
      whileUnused: (hash, work) =>
        asSystem(services, workspaceId, 0, async (own) => {
          await lockContent(own, hash, "alone")
          if (!(await contentsInUse(own, [hash])).has(hash)) await work()
        }),
      forget: (hash) => forgetThumbnails(services, hash),
    })
    if (removed > 0) ctx.log.info(`Removed ${removed} uploads that nothing refers to.`)
  },
}
