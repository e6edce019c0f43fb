import type { FieldLimit } from "@regulars/contract/domains/rights.ts"
import type { Session } from "@regulars/contract/domains/workspace.endpoints.ts"
import { isWritable } from "@regulars/contract/kernel/entity.ts"
import type { Services } from "../context.ts"
import type { Access } from "./access.ts"
import { usableEntity } from "./usable.ts"

/** What a role says of fields, and what follows from that for others. */
export function limitsOf(registry: Services["registry"], access: Access | undefined): Session["limits"] {
  const limited = Object.entries(access?.rights.entities ?? {}).filter(
    ([, { fields }]) => Object.keys(fields).length > 0,
  )
  const limits = limited.map(([name, { fields }]) => {
    const entity = registry.entity(name)
    if (!entity || !access) return [name, fields] as const
    const usable = usableEntity({ access }, entity).fields
    const following = Object.entries(entity.fields).flatMap(([key, field]): [string, FieldLimit][] => {
      const left = usable[key]
      if (!left) return [[key, "hidden"]]
      return isWritable(field) && !isWritable(left) ? [[key, "read"]] : []
    })
    return [name, { ...fields, ...Object.fromEntries(following) }] as const
  })
  return Object.fromEntries(limits)
}
