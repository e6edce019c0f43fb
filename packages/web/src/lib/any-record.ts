import type { Abilities } from "@regulars/contract/kernel/entity.ts"

/** A record of any entity, for parts that are fed by the declaration. */
export interface AnyRecord {
  id: string
  version?: number
  can?: Abilities
  [key: string]: unknown
}
