import { z } from "zod"
import { shareAccess } from "../domains/rights.ts"
import type { Endpoint, EndpointKey } from "./endpoint.ts"
import type { EntityDeclaration } from "./entity.ts"

const id = z.guid().toLowerCase()
const shareSchema = z.object({
  id: z.string(),
  memberId: z.string().nullable(),
  teamId: z.string().nullable(),
  access: z.enum(shareAccess),
})
const shareBody = z
  .strictObject({ memberId: id.optional(), teamId: id.optional(), access: z.enum(shareAccess) })
  .refine(({ memberId, teamId }) => (memberId === undefined) !== (teamId === undefined), {
    message: "give either a member or a team",
    path: ["memberId"],
  })
const accessEntry = z.object({
  id: z.string(),
  name: z.string(),
  role: z.string(),
  roleId: z.string().nullable(),
  roleName: z.string().nullable(),
  /** Why: their role sees all, it is their own, shared with them, their team's, or about what they see. */
  via: z.enum(["role", "own", "share", "team", "about"]),
  edit: z.boolean(),
})
const accessSchema = z.object({
  /** The member it belongs to. */
  ownerId: z.string().nullable(),
  members: z.array(accessEntry),
  shares: z.array(shareSchema),
})
export type Share = z.output<typeof shareSchema>
export type AccessEntry = z.output<typeof accessEntry>
export type RecordAccess = z.output<typeof accessSchema>

/** Who sees a record, and sharing it beyond what roles reach. */
export function accessEndpoints({ name, singular }: EntityDeclaration): Record<EndpointKey, Endpoint> {
  const endpoints: Record<string, Endpoint> = {
    [`GET /${name}/:id/access`]: {
      summary: `Who sees a ${singular}, and why`,
      permission: `${name}:read`,
      params: z.strictObject({ id }),
      response: z.object({ data: accessSchema }),
    },
    [`POST /${name}/:id/shares`]: {
      summary: `Share a ${singular} with a member or a team`,
      permission: `${name}:update`,
      status: 201,
      params: z.strictObject({ id }),
      body: shareBody,
      response: z.object({ data: shareSchema }),
    },
    [`DELETE /${name}/:id/shares/:shareId`]: {
      summary: `End the sharing of a ${singular}`,
      permission: `${name}:update`,
      status: 204,
      params: z.strictObject({ id, shareId: id }),
    },
  }
  return endpoints as Record<EndpointKey, Endpoint>
}
