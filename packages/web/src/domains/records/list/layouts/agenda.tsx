import { Link } from "wouter"
import { exactDay, titleOf } from "../../../../lib/format.ts"
import { type AnyRecord, declarationOf } from "../../../../lib/records.ts"
import { recordPath } from "../../../../ui/fields/record-chip.tsx"
import styles from "./calendar.module.css"
import type { ShownRecords } from "./calendar-day.tsx"

interface AgendaProps extends Pick<ShownRecords, "entity" | "texts"> {
  days: readonly string[]
  byDay: ReadonlyMap<string, readonly AnyRecord[]>
  today: string
}
/** The days of a month one below the other, for narrow screens: only those on which there is something. */
export function Agenda({ entity, texts, days, byDay, today }: AgendaProps) {
  const { title } = declarationOf(entity)
  const filled = days.filter((day) => byDay.has(day))
  if (filled.length === 0) return <p className={styles.note}>{texts.t("list.calendar.empty")}</p>
  return (
    <div className={styles.agenda}>
      {filled.map((day) => (
        <section key={day} aria-current={day === today ? "date" : undefined}>
          <h3 className={styles.agendaDay}>{exactDay(day, texts.formats)}</h3>
          <ul className={styles.agendaRecords}>
            {byDay.get(day)?.map((row) => (
              <li key={row.id}>
                <Link href={recordPath(entity, row.id) ?? "#"} className={styles.agendaRecord}>
                  {titleOf(row, title) || texts.t("state.unnamed")}
                </Link>
              </li>
            ))}
          </ul>
        </section>
      ))}
    </div>
  )
}
