import { fieldOf } from "@regulars/contract/kernel/entity.ts"
import type { Field } from "@regulars/contract/kernel/fields.ts"
import type { Filter } from "@regulars/contract/kernel/filter.ts"
import { groupingOf, isSummable } from "@regulars/contract/kernel/grouping.ts"
import type { Group } from "@regulars/contract/kernel/groups-endpoints.ts"
import { IconChevronDown, IconChevronRight } from "@tabler/icons-react"
import { useCallback, useMemo, useState } from "react"
import { declarationOf } from "../../../../lib/records.ts"
import { ListSkeleton } from "../../../../ui/skeleton.tsx"
import { ErrorState } from "../../../../ui/states.tsx"
import { CardList } from "../card-list.tsx"
import { cardHeight, lanesIn } from "../card-size.ts"
import { plainText } from "../cell-view.tsx"
import { Grid } from "../grid.tsx"
import type { GridProps } from "../grid-props.ts"
import { type RowsWanted, useRowWindows, useViewIds } from "../use-rows.ts"
import { figureText } from "./figures.ts"
import styles from "./groups.module.css"
import { useGroups } from "./use-groups.ts"

interface GroupedListProps {
  grid: GridProps
  /** As in the address: a field, and for dates the period. */
  grouping: string
  filter: Filter | undefined
  sort: string[] | undefined
  wanted: RowsWanted
  /** Cards in place of tables, which scroll with the groups. */
  cards: boolean
}
/** The list in groups with their counts and sums; an open one holds its records as a table or cards. */
export function GroupedList({ grid, grouping, ...shown }: GroupedListProps) {
  const { filter } = shown
  const { entity, columns, texts } = grid
  const { by, period } = groupingOf(grouping)
  const field = fieldOf(declarationOf(entity), by) as Field
  const fields = columns.filter((column) => isSummable(column.field)).map(({ key }) => key)
  const { data, error, refetch } = useGroups(entity, { by, period, fields, filter })
  // The first is open; others as somebody opens them.
  const [scroller, setScroller] = useState<HTMLElement | null>(null)
  const [turned, setTurned] = useState<ReadonlySet<string>>(new Set())
  if (error && !data) return <ErrorState error={error} retry={() => refetch()} />
  if (!data) return <ListSkeleton rows={14} />
  const turn = (id: string) =>
    setTurned((old) => new Set(old.has(id) ? [...old].filter((one) => one !== id) : [...old, id]))
  const nameOf = (group: Group) => {
    if (group.value === null) return texts.t("list.group.empty")
    if (field.type === "link")
      return data.included[field.target]?.[String(group.value)] || texts.t("state.unnamed")
    return valueName({ by, field, period }, group.value, texts)
  }
  return (
    <div ref={setScroller} className={styles.groups}>
      {data.capped && (
        <p className={styles.note}>{texts.t("list.group.capped", { count: data.data.length })}</p>
      )}
      {data.data.map((group, index) => {
        const id = String(group.value)
        const isOpen = turned.has(id) !== (index === 0)
        const Mark = isOpen ? IconChevronDown : IconChevronRight
        return (
          <section key={id} aria-label={nameOf(group)}>
            <h2 className={styles.head}>
              <button type="button" className={styles.turn} aria-expanded={isOpen} onClick={() => turn(id)}>
                <Mark size={16} stroke={1.75} aria-hidden="true" />
                <span className={styles.name}>{nameOf(group)}</span>
                <span className={styles.count}>{texts.formats.number(group.count)}</span>
                <span className={styles.figures}>
                  {columns.flatMap(({ key, field: summed }) =>
                    (group.figures[key] ?? []).map((figures) => (
                      <span key={`${key} ${figures.currency}`}>
                        {texts.labels.field(key)}:{" "}
                        {texts.t("list.sums.sum", {
                          value: figureText({ key, field: summed }, figures.sum, figures.currency, texts),
                        })}
                      </span>
                    )),
                  )}
                </span>
              </button>
            </h2>
            {isOpen && <GroupRows {...shown} {...{ grid, group, scroller }} name={nameOf(group)} />}
          </section>
        )
      })}
    </div>
  )
}

interface By {
  by: string
  field: Field
  period: string | undefined
}
function valueName({ by, field, period }: By, value: Group["value"], texts: GridProps["texts"]): string {
  const { t, formats, labels } = texts
  if (field.type === "tags") return String(value)
  if (field.type === "choices") return labels.choice(by, String(value))
  if (field.type !== "date" && field.type !== "dateTime") return plainText(by, field, value, texts)
  const day = new Date(`${value}T12:00:00Z`)
  if (period === "month" || period === undefined)
    return formats.date(day, { month: "long", year: "numeric", timeZone: "UTC" })
  const text = formats.date(day, { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" })
  return period === "week" ? t("list.group.week.of", { day: text }) : text
}

const rowHeight = 36
/** Rows an open group shows before it scrolls by itself. */
const mostShown = 14

interface GroupRowsProps extends Omit<GroupedListProps, "grouping"> {
  group: Group
  name: string
  scroller: HTMLElement | null
}
function GroupRows({ grid, group, filter, sort, name, wanted, cards, scroller }: GroupRowsProps) {
  const { entity } = grid
  const whole = useMemo(
    () => (filter ? { all: [filter, group.filter] } : group.filter),
    [filter, group.filter],
  )
  const { ids, loaded, changing } = useViewIds({ entity, filter: whole, sort })
  const [range, setRange] = useState({ first: 0, last: 0 })
  const onRange = useCallback((first: number, last: number) => setRange({ first, last }), [])
  const rowOf = useRowWindows(entity, ids, range, wanted)
  const label = grid.texts.t("list.group.rows", { group: name })
  if (cards) {
    const lines = Math.ceil((loaded ? ids.length : group.count) / lanesIn(scroller?.clientWidth ?? 0))
    return (
      // As high as it will be, so that what stands below it does not move.
      <div style={{ minHeight: lines * cardHeight }}>
        {loaded && <CardList {...grid} {...{ ids, rowOf, onRange, label, scroller }} />}
      </div>
    )
  }
  if (!loaded) return <ListSkeleton rows={Math.min(group.count, 5)} />
  const height = (Math.min(ids.length, mostShown) + 1) * rowHeight + 4
  return (
    <div className={styles.rows} style={{ height }}>
      <Grid {...grid} ids={ids} rowOf={rowOf} onRange={onRange} changing={changing} label={label} />
    </div>
  )
}
