import { z } from "zod"
import { defineEndpoints } from "../kernel/endpoint.ts"
import { idParams } from "../kernel/entity-endpoints.ts"
import { operationSchema } from "./general.endpoints.ts"

const wholeExport = z.object({
  /** Of the operation that made it. */
  id: z.string(),
  /** Bytes. */
  size: z.number(),
  createdAt: z.string(),
  /** When it is deleted. */
  expiresAt: z.string(),
})

/** A whole workspace as one file of open formats, for people who are signed in: not for API keys. */
export const movingEndpoints = defineEndpoints({
  "GET /whole-exports": {
    summary: "The files of everything that can be downloaded, newest first",
    permission: "backups:manage",
    response: z.object({ data: z.array(wholeExport) }),
  },
  "POST /whole-exports": {
    summary: "Make a file of everything in the workspace, in the background",
    permission: "backups:manage",
    proof: true,
    status: 202,
    rateLimit: 6,
    response: z.object({ data: operationSchema }),
  },
  "POST /whole-exports/:id/link": {
    summary: "An address for the download, which holds for some minutes and for the caller alone",
    permission: "backups:manage",
    proof: true,
    rateLimit: 30,
    secret: true,
    params: idParams,
    response: z.object({ data: z.object({ url: z.string(), expiresAt: z.string() }) }),
  },
  "GET /whole-exports/:id/content": {
    summary: "Download a file of everything, by an address made for it",
    permission: "backups:manage",
    params: idParams,
    query: z.strictObject({ token: z.string().min(1).max(200) }),
    raw: true,
  },
})

export type WholeExport = z.output<typeof wholeExport>
