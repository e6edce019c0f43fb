import type { EndpointKey } from "@regulars/contract/kernel/endpoint.ts"
import type { EntityDeclaration } from "@regulars/contract/kernel/entity.ts"
import { anyObject, objectEndpoints } from "@regulars/contract/kernel/object-endpoints.ts"
import { objectPrefix } from "@regulars/contract/kernel/own-objects.ts"
import { AppError, notFound } from "../errors.ts"
import type { Handlers, WorkspaceHandler } from "./handlers.ts"

/**
 * The handlers of own objects: each finds the object the address names and goes on as for any entity.
 * @param handlersFor what an entity of the product would have
 */
export function objectHandlers(handlersFor: (entity: EntityDeclaration) => readonly Handlers[]): Handlers {
  const known = new WeakMap<EntityDeclaration, Record<EndpointKey, WorkspaceHandler>>()
  const handlersOf = (entity: EntityDeclaration) => {
    const made = known.get(entity) ?? Object.assign({}, ...handlersFor(entity).map((one) => one.workspace))
    known.set(entity, made)
    return made as Record<EndpointKey, WorkspaceHandler>
  }
  const workspace: Record<string, WorkspaceHandler> = {}
  for (const [key, { permission }] of Object.entries(objectEndpoints())) {
    const action = permission.split(":")[1]
    workspace[key] = (ctx, input, exchange) => {
      const entity = ctx.registry.entity(objectPrefix + input.params.object)
      if (!entity) throw notFound()
      if (!ctx.permissions.has(`${entity.name}:${action}`))
        throw new AppError("forbidden", {
          detail: "Your role does not allow this. Ask an administrator of the workspace.",
        })
      const handler = handlersOf(entity)[key.replace(anyObject.name, entity.name) as EndpointKey]
      return (handler as WorkspaceHandler)(ctx, input, exchange)
    }
  }
  return { workspace, open: {} }
}
