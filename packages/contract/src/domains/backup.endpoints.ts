import { z } from "zod"
import { defineEndpoints } from "../kernel/endpoint.ts"
import { operationSchema } from "./general.endpoints.ts"

const backup = z.object({
  /** Name in the folder of backups. */
  file: z.string(),
  /** Bytes. */
  size: z.number(),
  createdAt: z.string(),
  /** What it came from: somebody asked, the clock, or an upgrade that was about to change the database. */
  madeBy: z.enum(["person", "schedule", "upgrade"]),
  /** It was read back when it was made, and its end is in place. */
  checked: z.boolean(),
  rows: z.number(),
  files: z.number(),
  /** Files whose content was missing from the store when it was made. */
  missing: z.number(),
})
const plan = z.strictObject({
  /** One is made each night. */
  daily: z.boolean(),
  /** Those made by themselves go after so many days, and beyond so many of them; the newest whole one stays. */
  keepDays: z.number().int().min(1).max(3650),
  keepCount: z.number().int().min(1).max(1000),
})
const fileParams = z.strictObject({
  file: z
    .string()
    .max(200)
    .regex(/^[A-Za-z0-9][A-Za-z0-9._-]*\.regulars$/),
})

/** Backups hold the whole installation, whichever workspace asks for one. */
export const backupEndpoints = defineEndpoints({
  "GET /backups": {
    summary: "The backups that lie on the server, newest first, and when they are made",
    permission: "backups:read",
    response: z.object({
      data: z.array(backup),
      folder: z.string(),
      plan,
      /** This is a restored copy, and nobody has said yet that it may send mail. */
      sendingPaused: z.boolean(),
      /** The installation belongs to one workspace, whose owner may change, delete and download. */
      alone: z.boolean(),
    }),
  },
  "POST /backups": {
    summary: "Make a backup of the whole installation now, in the background",
    permission: "backups:create",
    status: 202,
    rateLimit: 6,
    response: z.object({ data: operationSchema }),
  },
  "PATCH /backups/plan": {
    summary: "When backups are made by themselves, and how long those are kept",
    permission: "backups:manage",
    body: plan.partial(),
    response: z.object({ data: plan }),
  },
  "POST /backups/resume-sending": {
    summary: "Let a restored copy send mail again",
    permission: "backups:manage",
    status: 204,
  },
  "POST /backups/:file/verify": {
    summary: "Read a backup from beginning to end and compare every checksum, in the background",
    permission: "backups:create",
    status: 202,
    rateLimit: 12,
    params: fileParams,
    response: z.object({ data: operationSchema }),
  },
  "GET /backups/:file/content": {
    summary: "Download a backup; for people who are signed in, not for API keys",
    permission: "backups:manage",
    proof: true,
    params: fileParams,
    raw: true,
  },
  "DELETE /backups/:file": {
    summary: "Delete a backup for good",
    permission: "backups:manage",
    proof: true,
    status: 204,
    params: fileParams,
  },
})

export type ListedBackup = z.output<typeof backup>
export type BackupPlan = z.output<typeof plan>
