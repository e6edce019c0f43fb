import { fieldOf } from "@regulars/contract/kernel/entity.ts"
import type { Filter } from "@regulars/contract/kernel/filter.ts"
import { groupingOf, isGroupable } from "@regulars/contract/kernel/grouping.ts"
import { type Layout, layoutOf } from "@regulars/contract/kernel/layout.ts"
import { withTexts } from "../../../lib/i18n.tsx"
import { lazyPart } from "../../../lib/lazy-part.tsx"
import { declarationOf } from "../../../lib/records.ts"
import { Later } from "../../../ui/later.tsx"
import { ListSkeleton } from "../../../ui/skeleton.tsx"
import { Grid } from "./grid.tsx"
import type { GridProps } from "./grid-props.ts"
import type { ListState } from "./list-state.ts"
import type { RowsWanted } from "./use-rows.ts"

const CardList = lazyPart(() => import("./card-list.tsx"), "CardList")
// Where there is no room for a table nothing else is shown, so it is asked for beside the records.
if (window.matchMedia("(max-width: 640px)").matches) CardList.fetchAhead()
const GroupedList = lazyPart(() => import("./groups/grouped-list.tsx"), "GroupedList")
const Board = lazyPart(() => withTexts(() => import("./layouts/board.tsx"), "views"), "Board")
const Calendar = lazyPart(() => import("./layouts/calendar.tsx"), "Calendar")

interface ListBodyProps {
  grid: GridProps
  layout: Layout
  /** Fields and names its rows need. */
  wanted: RowsWanted
  state: ListState
  setState: (change: Partial<ListState>) => void
  filter: Filter | undefined
  sort: string[] | undefined
}
/** The records of a list in its layout. */
export function ListBody(props: ListBodyProps) {
  const { grid, layout, wanted, state, setState, filter, sort } = props
  const { kind, by } = layout
  const { entity, ids, rowOf, columns, texts, onRange, selection, select, viewKey, peeked, peek, mayEdit } =
    grid
  const declaration = declarationOf(entity)
  const grouped = fieldOf(declaration, groupingOf(state.g).by)
  // A table is grouped, and where there is no room for one, the cards in its place.
  if (layoutOf(declaration, state.l)?.kind === "table" && grouped && isGroupable(grouped))
    return (
      <Later fallback={<ListSkeleton rows={14} />}>
        <GroupedList
          key={state.g}
          grouping={state.g}
          cards={kind === "cards"}
          {...{ grid, wanted, filter, sort }}
        />
      </Later>
    )
  if (kind === "cards")
    return (
      <Later fallback={<ListSkeleton rows={14} />}>
        <CardList {...{ entity, ids, rowOf, texts, onRange, selection, select, viewKey }} />
      </Later>
    )
  const shown = { entity, by, filter, columns, texts, peeked, peek, mayEdit }
  if (kind === "board")
    return (
      <Later fallback={<ListSkeleton rows={14} />}>
        <Board
          key={by}
          {...shown}
          sort={sort}
          selection={selection}
          select={select}
          group={state.b}
          setGroup={(b) => setState({ b })}
        />
      </Later>
    )
  if (kind === "calendar")
    return (
      <Later fallback={<ListSkeleton rows={14} />}>
        <Calendar key={by} {...shown} month={state.m} setMonth={(m) => setState({ m })} />
      </Later>
    )
  return <Grid {...grid} />
}
