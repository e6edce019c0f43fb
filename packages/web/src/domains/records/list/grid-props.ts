import type { EntityName } from "@regulars/contract/entities.ts"
import type { AnyRecord } from "../../../lib/records.ts"
import type { CellTexts } from "./cell-view.tsx"
import type { Column } from "./columns.ts"
import type { Selection } from "./selection.ts"

export interface GridProps {
  entity: EntityName
  ids: readonly string[]
  rowOf: (index: number) => AnyRecord | undefined
  columns: readonly Column[]
  sort: readonly string[]
  texts: CellTexts
  label: string
  changing: boolean
  selection: Selection
  select: (selection: Selection) => void
  peeked: string
  peek: (id: string) => void
  onSort: (key: string) => void
  onResize: (key: string, width: number, done: boolean) => void
  onRange: (first: number, last: number) => void
  /** Changes with every other question asked of the list: it is then shown from its top. */
  viewKey: string
  mayEdit: boolean
}
