import type { EntityName } from "@regulars/contract/entities.ts"
import type { Filter } from "@regulars/contract/kernel/filter.ts"
import type { CellTexts } from "./cell-view.tsx"
import type { Column } from "./columns.ts"
import type { ListState } from "./list-state.ts"

export interface ListActionsProps {
  entity: EntityName
  columns: readonly Column[]
  sort: readonly string[]
  state: ListState
  setState: (change: Partial<ListState>) => void
  filter: Filter | undefined
  ids: readonly string[]
  texts: CellTexts
  /** Cards instead of a grid: no columns to choose, and "New" stands in the bar at the bottom. */
  cards: boolean
}
