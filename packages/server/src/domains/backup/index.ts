import type { DomainParts } from "../../kernel/context.ts"
import { backupJob } from "./backup.jobs.ts"

export { backupHandlers } from "./backup.routes.ts"

/** Backups on request; kernel/backup makes and restores them. */
export const backupDomain: DomainParts = { jobs: [backupJob] }
