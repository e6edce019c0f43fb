import { fieldOf, isWritable } from "@regulars/contract/kernel/entity.ts"
import type { Choice } from "@regulars/contract/kernel/fields.ts"
import type { Filter } from "@regulars/contract/kernel/filter.ts"
import { isSummable } from "@regulars/contract/kernel/grouping.ts"
import { useMemo, useState } from "react"
import { type AnyRecord, declarationOf } from "../../../../lib/records.ts"
import { useCan } from "../../../../lib/session.tsx"
import { ListSkeleton } from "../../../../ui/skeleton.tsx"
import { ErrorState } from "../../../../ui/states.tsx"
import { useGroups } from "../groups/use-groups.ts"
import type { Selection } from "../selection.ts"
import styles from "./board.module.css"
import { BoardColumn } from "./board-column.tsx"
import type { LayoutProps } from "./layout-props.ts"
import { useMoving } from "./use-moving.ts"

interface BoardProps extends LayoutProps {
  sort: string[] | undefined
  selection: Selection
  select: (selection: Selection) => void
}
/**
 * The list as columns, one for each choice of a field and one for records without any. A record is moved by dragging
 * its card or by the card's menu, which writes the field.
 */
export function Board(props: BoardProps) {
  const { entity, by, filter, columns, texts, mayEdit } = props
  const field = fieldOf(declarationOf(entity), by) as Choice & NonNullable<ReturnType<typeof fieldOf>>
  const fields = columns.filter((column) => isSummable(column.field)).map(({ key }) => key)
  const { data, error, refetch } = useGroups(entity, { by, fields, filter })
  const { moved, move, show } = useMoving(entity, by)
  const mayCreate = useCan(`${entity}:create`)
  const [dragged, setDragged] = useState<AnyRecord | null>(null)
  const places = useMemo(() => {
    const known = new Map(data?.data.map((group) => [group.value, group]))
    const none = known.get(null)
    const values: (string | null)[] = [...(field.required && !none ? [] : [null]), ...field.choices]
    return values.map((value) => ({
      value,
      label: value === null ? texts.t("list.group.empty") : texts.labels.choice(by, value),
      group: known.get(value),
      condition: conditionOf(by, value),
    }))
  }, [data, field, by, texts])
  if (error && !data) return <ErrorState error={error} retry={() => refetch()} />
  if (!data) return <ListSkeleton rows={14} />
  const canMove = mayEdit && isWritable(field)
  const targets = places.filter(({ value }) => value !== null || !field.required)
  return (
    <div className={styles.board}>
      {places.map((place) => (
        <BoardColumn
          key={String(place.value)}
          {...props}
          field={field}
          place={place}
          targets={targets}
          moved={moved}
          move={move}
          show={show}
          canAdd={mayCreate && isWritable(field) && targets.includes(place)}
          canMove={canMove}
          dragged={dragged}
          setDragged={setDragged}
        />
      ))}
    </div>
  )
}
function conditionOf(field: string, value: string | null): Filter {
  return value === null ? { field, op: "isEmpty" } : { field, op: "is", value }
}
