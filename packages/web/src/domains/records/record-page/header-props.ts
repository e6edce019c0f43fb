import type { EntityName } from "@regulars/contract/entities.ts"
import type { AnyRecord } from "../../../lib/records.ts"
import type { ComposerTab } from "./use-composer.ts"

export interface HeaderProps {
  entity: EntityName
  record: AnyRecord
  /** In the bin: nothing can be done but restore. */
  readOnly: boolean
  onCompose: (tab: ComposerTab, preset?: Record<string, unknown>) => void
}
