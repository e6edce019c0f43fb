import type { EntityName } from "@regulars/contract/entities.ts"
import type { Filter } from "@regulars/contract/kernel/filter.ts"
import type { CellTexts } from "../cell-view.tsx"
import type { Column } from "../columns.ts"

/** What a board and a calendar are told of the list they show. */
export interface LayoutProps {
  entity: EntityName
  /** The field whose choices or days they show. */
  by: string
  filter: Filter | undefined
  columns: readonly Column[]
  texts: CellTexts
  peeked: string
  peek: (id: string) => void
  mayEdit: boolean
}
/** The list's filter and a further condition. */
export function within(filter: Filter | undefined, more: Filter): Filter {
  return filter ? { all: [filter, more] } : more
}
