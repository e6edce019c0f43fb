import { isObjectName } from "@regulars/contract/kernel/own-objects.ts"
import { type Asking, restriction, seesWhole } from "../../kernel/access/policy.ts"
import type { Services } from "../../kernel/context.ts"
import { sql } from "../../kernel/db/sql.ts"
import { transaction } from "../../kernel/db/transaction.ts"
import type { Membership } from "../../kernel/http/identity.ts"
import type { LiveMessage } from "../../kernel/live.ts"
import { readRegistry, rememberedRegistry } from "../../kernel/own-fields/workspace-registry.ts"
import { table } from "../../kernel/records/columns.ts"

/**
 * Those of the messages that tell of what the reader's rights to records reach. Asks nothing for readers whose role
 * reaches everything, and once per entity for others. Of what they may have reached until now they are told that
 * something has changed, and not what: their page asks again.
 */
export async function withinReach(
  services: Services,
  membership: Membership | null,
  messages: readonly LiveMessage[],
): Promise<readonly LiveMessage[]> {
  const access = membership?.access
  if (!membership || !access) return messages
  const { workspaceId } = membership
  const idsOf = (entity: string) =>
    messages.flatMap((message) =>
      message.type === "changed" && message.entity === entity && message.id !== null ? message.id : [],
    )
  const operations = messages.flatMap((message) => (message.type === "operation" ? message.id : []))
  const reached = new Set<string>()
  const left = new Set<string>()
  await transaction(services.database, { role: "regulars_app", workspaceId }, async (tx) => {
    const registry = rememberedRegistry(services, workspaceId) ?? (await readRegistry(services, tx))
    const asking = { workspaceId, registry, access }
    for (const entity of registry.entities) {
      const ids = idsOf(entity.name)
      const own = restriction(asking, entity)
      if (!own) for (const id of ids) reached.add(id)
      else if (ids.length > 0) {
        const rows = await tx.rows<{ id: string }>(sql`
          select id from ${table(entity)}
          where workspace_id = ${workspaceId} and id = any (${ids}::uuid[]) and ${own}`)
        for (const { id } of rows) reached.add(id)
      }
    }
    for (const message of messages)
      if (message.type === "changed" && message.mayLeave && message.id !== null)
        for (const name of leavingWith(asking, message.entity, reached.has(message.id))) left.add(name)
    if (operations.length === 0) return
    const whole = registry.entities.map(({ name }) => name).filter((name) => seesWhole(asking, name))
    const rows = await tx.rows<{ id: string }>(sql`
      select id from operations where workspace_id = ${workspaceId} and id = any (${operations}::uuid[])
        and (created_by = ${access.memberId} or entity is null or entity = any (${whole}::text[]))`)
    for (const { id } of rows) reached.add(id)
  })
  const isRecord = (name: string) => isObjectName(name) || services.registry.entity(name) !== undefined
  const told = messages.filter((message) => {
    if (message.type === "operation") return reached.has(message.id)
    if (message.type !== "changed" || message.id === null) return true
    return !isRecord(message.entity) || reached.has(message.id)
  })
  return [
    ...told,
    ...[...left].map((entity) => ({ type: "changed", entity, id: null, version: null }) as const),
  ]
}
/** Entities of which a reader may lose records when one of `name` changes hands: it, and what may be about it. */
function leavingWith(asking: Asking, name: string, isReached: boolean): string[] {
  const followers = asking.registry.entities.filter((entity) => {
    const field = entity.fields[entity.access?.about ?? ""]
    return (
      field?.type === "links" && field.targets.includes(name) && restriction(asking, entity) !== undefined
    )
  })
  return [...(isReached ? [] : [name]), ...followers.map((entity) => entity.name)]
}
