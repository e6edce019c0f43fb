import { z } from "zod"
import { defineEndpoints } from "../kernel/endpoint.ts"
import { idParams } from "../kernel/entity-endpoints.ts"
import { fieldLimits, narrower, reaches, recordActions } from "./rights.ts"
import { roles } from "./workspace.ts"

const name = z.string().trim().min(1).max(80)
const key = z.string().regex(/^[a-z][A-Za-z0-9_.:/-]{0,100}$/, "is no name of a field, an area or an action")
const reach = z.enum(reaches)
const entityRights = z
  .strictObject({
    see: reach,
    create: z.boolean(),
    edit: reach,
    delete: reach,
    export: reach,
    fields: z.record(key, z.enum(fieldLimits)).default({}),
  })
  .superRefine((rights, ctx) => {
    for (const action of recordActions)
      if (narrower(rights[action], rights.see) !== rights[action])
        ctx.addIssue({
          code: "custom",
          path: [action],
          message: "can't reach further than what is seen",
          params: { code: "beyond_sight" },
        })
    if (rights.create && rights.see === "none")
      ctx.addIssue({
        code: "custom",
        path: ["create"],
        message: "needs these records to be seen",
        params: { code: "beyond_sight" },
      })
  })
export const rightsSchema = z.strictObject({
  entities: z.record(key, entityRights),
  areas: z.record(key, z.boolean()),
  actions: z.record(key, z.boolean()),
})
const roleSchema = z.object({
  /** An id, or the name of a built-in role. */
  id: z.string(),
  /** Null for a built-in role: it is called what the reader's language calls it. */
  name: z.string().nullable(),
  builtIn: z.boolean(),
  /** The built-in role it was copied from, which says who stands above whom. */
  base: z.enum(roles),
  rights: rightsSchema,
  /** Members who have it now. */
  members: z.number(),
  /** Whether the caller may give it, and change it if it is not built in. */
  canGive: z.boolean(),
})
const teamSchema = z.object({
  id: z.string(),
  name: z.string(),
  locationId: z.string().nullable(),
  memberIds: z.array(z.string()),
})
const memberParams = z.strictObject({ id: z.guid().toLowerCase(), memberId: z.guid().toLowerCase() })
const role = z.object({ data: roleSchema })
const team = z.object({ data: teamSchema })

export const rightsEndpoints = defineEndpoints({
  "GET /roles": {
    summary: "Roles: the five built-in ones and the workspace's own",
    permission: "members:read",
    response: z.object({
      data: z.array(roleSchema),
      /** What rights can name beside entities. */
      catalogue: z.object({ areas: z.array(z.string()), actions: z.array(z.string()) }),
    }),
  },
  "POST /roles": {
    summary: "Make a role as a copy of another",
    permission: "roles:update",
    proof: true,
    status: 201,
    body: z.strictObject({
      name,
      copyOf: z.union([z.enum(roles), z.guid().toLowerCase()]),
      rights: rightsSchema.optional(),
    }),
    response: role,
  },
  "PATCH /roles/:id": {
    summary: "Change one of the workspace's own roles; whoever has it feels it at once",
    permission: "roles:update",
    proof: true,
    params: idParams,
    body: z.strictObject({ name: name.optional(), rights: rightsSchema.optional() }),
    response: role,
  },
  "DELETE /roles/:id": {
    summary: "Delete a role that nobody has",
    permission: "roles:update",
    proof: true,
    status: 204,
    params: idParams,
  },
  "GET /members/:id/rights": {
    summary: "What a member can see and do",
    permission: "members:update",
    params: idParams,
    response: z.object({
      data: z.object({
        role: z.enum(roles),
        roleId: z.string().nullable(),
        roleName: z.string().nullable(),
        rights: rightsSchema,
        teams: z.array(z.object({ id: z.string(), name: z.string() })),
        /** Records shared with them or one of their teams, by entity. */
        shared: z.record(z.string(), z.number()),
      }),
    }),
  },
  "GET /teams": {
    summary: "Teams and who is in them",
    permission: "members:read",
    response: z.object({ data: z.array(teamSchema) }),
  },
  "POST /teams": {
    summary: "Make a team",
    permission: "teams:update",
    status: 201,
    body: z.strictObject({ name, locationId: z.guid().toLowerCase().nullable().optional() }),
    response: team,
  },
  "PATCH /teams/:id": {
    summary: "Rename a team or give it a location",
    permission: "teams:update",
    params: idParams,
    body: z.strictObject({
      name: name.optional(),
      locationId: z.guid().toLowerCase().nullable().optional(),
    }),
    response: team,
  },
  "DELETE /teams/:id": {
    summary: "Delete a team; what was shared with it no longer is",
    permission: "teams:update",
    status: 204,
    params: idParams,
  },
  "POST /teams/:id/members": {
    summary: "Add a member to a team",
    permission: "teams:update",
    params: idParams,
    body: z.strictObject({ memberId: z.guid().toLowerCase() }),
    response: team,
  },
  "DELETE /teams/:id/members/:memberId": {
    summary: "Take a member out of a team",
    permission: "teams:update",
    params: memberParams,
    response: team,
  },
})
export type StoredRole = z.output<typeof roleSchema>
export type Team = z.output<typeof teamSchema>
