import type { Services } from "../../kernel/context.ts"
import { tidyThumbnails } from "./thumbnail-cache.ts"

const day = 24 * 60 * 60 * 1000
type Aside = Pick<Services, "contents" | "dataDir" | "now">

/** Deletes what this machine keeps of files beside the store and has had its time. */
export async function tidyFiles(services: Aside): Promise<void> {
  await services.contents.tidy(services.now())
  await tidyThumbnails(services)
}
/** Does so now and once a day, in every process: the sweep's job runs on one machine of several. */
export function keepFilesTidy(services: Aside & Pick<Services, "log">): { stop(): Promise<void> } {
  const tidy = () => tidyFiles(services).catch((error: Error) => services.log.warn(error.message))
  let last = tidy()
  const timer = setInterval(() => {
    last = tidy()
  }, day).unref()
  return {
    async stop() {
      clearInterval(timer)
      await last
    },
  }
}
