import { fieldOf, isWritable } from "@regulars/contract/kernel/entity.ts"
import type { Choice } from "@regulars/contract/kernel/fields.ts"
import type { Filter } from "@regulars/contract/kernel/filter.ts"
import { isSummable } from "@regulars/contract/kernel/grouping.ts"
import { useMemo, useState } from "react"
import { type AnyRecord, declarationOf } from "../../../../lib/records.ts"
import { useCan } from "../../../../lib/session.tsx"
import { NativeSelect } from "../../../../ui/native-select.tsx"
import { ListSkeleton } from "../../../../ui/skeleton.tsx"
import { ErrorState } from "../../../../ui/states.tsx"
import { type Column, columnsOf } from "../columns.ts"
import { useGroups } from "../groups/use-groups.ts"
import type { Selection } from "../selection.ts"
import styles from "./board.module.css"
import { BoardColumn } from "./board-column.tsx"
import { groupOf, groupsOf } from "./board-groups.ts"
import type { LayoutProps } from "./layout-props.ts"
import { useMoving } from "./use-moving.ts"

interface BoardProps extends LayoutProps {
  sort: string[] | undefined
  selection: Selection
  select: (selection: Selection) => void
  /** Which pipeline's stages are shown, where they stand in several. */
  group: string
  setGroup: (group: string) => void
}
/**
 * The list as columns, one for each choice of a field and one for records without any. A record is moved by dragging
 * its card or by the card's menu, which writes the field.
 */
export function Board(props: BoardProps) {
  const { entity, by, filter, columns, texts, mayEdit } = props
  const field = fieldOf(declarationOf(entity), by) as Choice & NonNullable<ReturnType<typeof fieldOf>>
  const summed = useMemo(() => summedColumns(entity, columns), [entity, columns])
  const fields = summed.map(({ key }) => key)
  const { data, error, refetch } = useGroups(entity, { by, fields, filter })
  const { moved, move, show, dialog } = useMoving(entity, by)
  const [arrived, setArrived] = useState<string | null>(null)
  const groups = groupsOf(field, filter)
  const group = groups.includes(props.group) ? props.group : groups[0]
  const mayCreate = useCan(`${entity}:create`)
  const [dragged, setDragged] = useState<AnyRecord | null>(null)
  const places = useMemo(() => {
    const known = new Map(data?.data.map((group) => [group.value, group]))
    const none = known.get(null)
    const choices = field.choices.filter((choice) => group === undefined || groupOf(field, choice) === group)
    const values: (string | null)[] = [...(field.required && !none ? [] : [null]), ...choices]
    return values.map((value) => ({
      value,
      label: value === null ? texts.t("list.group.empty") : texts.labels.choice(by, value),
      group: known.get(value),
      condition: conditionOf(by, value),
    }))
  }, [data, field, by, texts, group])
  if (error && !data) return <ErrorState error={error} retry={() => refetch()} />
  if (!data) return <ListSkeleton rows={14} />
  const canMove = mayEdit && isWritable(field)
  const targets = places.filter(({ value }) => value !== null || !field.required)
  const groupField = field.choiceGroup ?? ""
  return (
    <div className={styles.whole}>
      {groups.length > 1 && (
        <div className={styles.groups}>
          <NativeSelect
            label={texts.labels.field(groupField)}
            ariaLabel={texts.labels.field(groupField)}
            value={group ?? ""}
            options={groups.map((value) => ({ value, label: texts.labels.choice(groupField, value) }))}
            always
            onChange={props.setGroup}
          />
        </div>
      )}
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
            summed={summed}
            arrived={arrived}
            setArrived={setArrived}
          />
        ))}
      </div>
      {dialog}
    </div>
  )
}
/** Columns whose sums stand above a board's: the chosen ones, and amounts of money whoever chose others. */
function summedColumns(entity: LayoutProps["entity"], columns: readonly Column[]): Column[] {
  const chosen = columns.filter(({ field }) => isSummable(field))
  const usual = columnsOf(declarationOf(entity), null, {}).filter(
    ({ key, field }) => field.type === "money" && !chosen.some((column) => column.key === key),
  )
  return [...chosen, ...usual]
}
function conditionOf(field: string, value: string | null): Filter {
  return value === null ? { field, op: "isEmpty" } : { field, op: "is", value }
}
