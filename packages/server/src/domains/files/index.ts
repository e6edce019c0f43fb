import type { DomainParts } from "../../kernel/context.ts"
import { sweepJob } from "./files.jobs.ts"

export { resumeSweep } from "./files.jobs.ts"
export type { FileRow } from "./files.queries.ts"
export { filesHandlers } from "./files.routes.ts"
export { hashOfFile, imagesAmong, openFile, storeStream } from "./files.service.ts"
export { keepFilesTidy } from "./tidy.ts"

const day = 24 * 60
export const filesDomain: DomainParts = {
  jobs: [sweepJob],
  schedules: [{ job: "files.sweep", everyMinutes: day }],
}
