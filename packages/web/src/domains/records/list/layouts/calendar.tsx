import { useMediaQuery } from "@mantine/hooks"
import { fieldOf, isWritable } from "@regulars/contract/kernel/entity.ts"
import type { Field } from "@regulars/contract/kernel/fields.ts"
import { IconChevronLeft, IconChevronRight } from "@tabler/icons-react"
import { useMemo, useState } from "react"
import { titleOf, todayIn } from "../../../../lib/format.ts"
import { type AnyRecord, declarationOf } from "../../../../lib/records.ts"
import { Button, IconButton } from "../../../../ui/button.tsx"
import { ListSkeleton } from "../../../../ui/skeleton.tsx"
import { ErrorState } from "../../../../ui/states.tsx"
import { Agenda } from "./agenda.tsx"
import styles from "./calendar.module.css"
import { CalendarDay } from "./calendar-day.tsx"
import { addMonths, firstDayOf, isMonth, monthGrid, placer, valueOn } from "./calendar-days.ts"
import type { LayoutProps } from "./layout-props.ts"
import { useMonth } from "./use-month.ts"
import { useMoving } from "./use-moving.ts"

interface CalendarProps extends LayoutProps {
  /** As `2026-05`; the present one where it is none. */
  month: string
  setMonth: (month: string) => void
}
/** The list by the days of a month. A record is moved by dragging it, or by its field in the side peek. */
export function Calendar(props: CalendarProps) {
  const { entity, by, filter, texts, peek, mayEdit } = props
  const { t, formats } = texts
  const isPhone = useMediaQuery("(max-width: 640px)", undefined, { getInitialValueInEffect: false })
  const field = fieldOf(declarationOf(entity), by) as Field
  const today = todayIn(formats.timeZone)
  const month = isMonth(props.month) ? props.month : today.slice(0, 7)
  const days = useMemo(() => monthGrid(month, firstDayOf(formats.locale)), [month, formats.locale])
  const { data, error, refetch, isPlaceholderData } = useMonth(entity, { by, filter, days })
  const { moved, move, dialog } = useMoving(entity, by)
  const [dragged, setDragged] = useState<{ row: AnyRecord; day: string } | null>(null)
  const byDay = useMemo(() => {
    const dayOf = placer(field, days, formats.timeZone)
    const { title } = declarationOf(entity)
    const rows = (data?.data ?? []).map((row) => moved.get(row.id)?.row ?? row)
    const key = (row: AnyRecord) =>
      `${field.type === "dateTime" ? row[by] : ""} ${titleOf(row, title).toLocaleLowerCase(formats.locale)}`
    const sorted = rows.toSorted((one, other) => (key(one) < key(other) ? -1 : 1))
    return Map.groupBy(sorted, (row) => dayOf(row[by]) ?? "")
  }, [data, days, field, by, entity, moved, formats])
  if (error && !data) return <ErrorState error={error} retry={() => refetch()} />
  const canMove = mayEdit && isWritable(field)
  const drop = (day: string) => {
    if (dragged && dragged.day !== day)
      move(dragged.row, valueOn(field, dragged.row[by], [dragged.day, day], formats.timeZone))
    setDragged(null)
  }
  const shown = { entity, texts, peeked: props.peeked, peek }
  const weeks = Array.from({ length: days.length / 7 }, (_, week) => days.slice(week * 7, week * 7 + 7))
  const name = formats.date(new Date(`${month}-15T12:00:00Z`), {
    month: "long",
    year: "numeric",
    timeZone: "UTC",
  })
  return (
    <section className={styles.calendar} aria-label={texts.labels.field(by)} aria-busy={isPlaceholderData}>
      <header className={styles.head}>
        <h2 className={styles.month} aria-live="polite">
          {name}
        </h2>
        <IconButton
          icon={IconChevronLeft}
          label={t("list.calendar.previous")}
          onClick={() => props.setMonth(addMonths(month, -1))}
        />
        <IconButton
          icon={IconChevronRight}
          label={t("list.calendar.next")}
          onClick={() => props.setMonth(addMonths(month, 1))}
        />
        <Button kind="subtle" disabled={today.startsWith(month)} onClick={() => props.setMonth("")}>
          {t("list.calendar.today")}
        </Button>
      </header>
      {data?.capped && (
        <p className={styles.note}>{t("list.calendar.capped", { count: data.data.length })}</p>
      )}
      {!data ? (
        <ListSkeleton rows={10} />
      ) : isPhone ? (
        <Agenda {...shown} days={days.filter((day) => day.startsWith(month))} byDay={byDay} today={today} />
      ) : (
        <table className={styles.grid} aria-label={name}>
          <thead>
            <tr>
              {weeks[0]?.map((day) => (
                <th key={day} scope="col">
                  {formats.date(new Date(`${day}T12:00:00Z`), { weekday: "short", timeZone: "UTC" })}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {weeks.map((week) => (
              <tr key={week[0]}>
                {week.map((day) => (
                  <CalendarDay
                    key={day}
                    {...shown}
                    day={day}
                    rows={byDay.get(day) ?? []}
                    isToday={day === today}
                    isOutside={!day.startsWith(month)}
                    canMove={canMove}
                    takes={dragged !== null && dragged.day !== day}
                    onDrag={(row) => setDragged(row && { row, day })}
                    onDrop={() => drop(day)}
                  />
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {dialog}
    </section>
  )
}
