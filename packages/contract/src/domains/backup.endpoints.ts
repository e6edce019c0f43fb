import { z } from "zod"
import { defineEndpoints } from "../kernel/endpoint.ts"
import { operationSchema } from "./general.endpoints.ts"

const backup = z.object({
  /** Name in the folder of backups. */
  file: z.string(),
  /** Bytes. */
  size: z.number(),
  createdAt: z.string(),
  /** Taken by itself, before an upgrade. */
  automatic: z.boolean(),
  /** It was read back when it was made, and its end is in place. */
  checked: z.boolean(),
  rows: z.number(),
  files: z.number(),
})

/** Backups hold the whole installation, whichever workspace asks for one. */
export const backupEndpoints = defineEndpoints({
  "GET /backups": {
    summary: "The backups that lie on the server, newest first",
    permission: "backups:read",
    response: z.object({ data: z.array(backup), folder: z.string() }),
  },
  "POST /backups": {
    summary: "Make a backup of the whole installation now, in the background",
    permission: "backups:create",
    status: 202,
    rateLimit: 6,
    response: z.object({ data: operationSchema }),
  },
})

export type ListedBackup = z.output<typeof backup>
