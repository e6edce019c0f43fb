import { z } from "zod"
import { defineEndpoints } from "../kernel/endpoint.ts"
import { idParams } from "../kernel/entity-endpoints.ts"
import { sessionBounds } from "./sign-in.ts"
import { roles } from "./workspace.ts"

const minutes = ({ least, most }: { least: number; most: number }) => z.number().int().min(least).max(most)

const rules = z.strictObject({
  /** Roles whose members need a second step: names of built-in ones, ids of the workspace's own. */
  secondFactorRoles: z.array(z.union([z.enum(roles), z.guid().toLowerCase()])).max(500),
  /** A session ends when it was not used for so long. */
  idleMinutes: minutes(sessionBounds.idle),
  /** A session ends at the latest after so long. */
  longestMinutes: minutes(sessionBounds.longest),
})

/** How the members of a workspace sign in. */
export const signInEndpoints = defineEndpoints({
  "GET /sign-in-rules": {
    summary: "Which roles need a second step, and how long sessions last",
    permission: "signIn:update",
    response: z.object({ data: rules }),
  },
  "PATCH /sign-in-rules": {
    summary: "Say which roles need a second step and how long sessions last; it holds at once",
    permission: "signIn:update",
    proof: true,
    body: rules.partial(),
    response: z.object({ data: rules }),
  },
  "DELETE /members/:id/second-step": {
    summary: "Take off a member's second step, who lost it; all their sessions end",
    permission: "members:update",
    proof: true,
    status: 204,
    params: idParams,
  },
})
export type SignInRules = z.output<typeof rules>
