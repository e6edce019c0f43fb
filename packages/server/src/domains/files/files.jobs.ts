import { claimContents, foreignPlace } from "../../kernel/contents/ownership.ts"
import { sweepContents, wasCutShort } from "../../kernel/contents/sweep-contents.ts"
import type { JobHandler, Services } from "../../kernel/context.ts"
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
/** Has a sweep that ended with its process done again at the next look at the schedules, instead of the next day. */
export async function resumeSweep({
  contents,
  pools,
  log,
}: Pick<Services, "contents" | "pools" | "log">): Promise<void> {
  // A full disk, say, is no reason not to start.
  const isCutShort = await wasCutShort(contents).catch((error: Error) => log.warn(error.message))
  if (isCutShort) await pools.owner.query("delete from schedule_turns where job = $1", [sweepJob.name])
}
