import type { DomainParts } from "../../kernel/context.ts"
import { backupJob, dailyBackupJob, dailyBackupSchedule, verifyJob } from "./backup.jobs.ts"

export { backupHandlers } from "./backup.routes.ts"

/** Backups on request and by the clock; kernel/backup makes, reads and restores them. */
export const backupDomain: DomainParts = {
  jobs: [backupJob, verifyJob, dailyBackupJob],
  schedules: [dailyBackupSchedule],
}
