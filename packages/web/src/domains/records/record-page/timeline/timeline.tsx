import type { EntityName } from "@regulars/contract/entities.ts"
import { type ReactNode, useEffect, useMemo, useRef, useState } from "react"
import { exactDay, formatDay } from "../../../../lib/format.ts"
import { useFormats, useT } from "../../../../lib/i18n.tsx"
import { type AnyRecord, declarationOf } from "../../../../lib/records.ts"
import { useTimeline } from "../../../../lib/timeline.ts"
import { Button } from "../../../../ui/button.tsx"
import { ListSkeleton } from "../../../../ui/skeleton.tsx"
import { EmptyState, ErrorLine, ErrorState } from "../../../../ui/states.tsx"
import { ChoiceRow } from "../../compose/choice-row.tsx"
import { type Day, groupByDay, isWorthTelling } from "./days.ts"
import { Entry } from "./entry.tsx"
import styles from "./timeline.module.css"

const filters = ["all", "notes", "activities", "tasks", "changes"] as const
type Filter = (typeof filters)[number]

interface TimelineProps {
  entity: EntityName
  record: AnyRecord
  readOnly: boolean
}
/** Everything that happened with a record, newest first, under its days; more comes while scrolling. */
export function Timeline({ entity, record, readOnly }: TimelineProps) {
  const t = useT()
  const formats = useFormats()
  const [filter, setFilter] = useState<Filter>("all")
  const { singular } = declarationOf(entity)
  const types: Record<Filter, string[]> = {
    all: [],
    notes: ["note"],
    activities: ["activity"],
    tasks: ["task"],
    changes: [singular],
  }
  const story = useTimeline(entity, record.id, types[filter])
  const days = useMemo(() => {
    const entries = story.data?.pages.flatMap((page) => page.data) ?? []
    return groupByDay(entries.filter(isWorthTelling), formats.timeZone)
  }, [story.data, formats.timeZone])
  return (
    <div className={styles.timeline}>
      <div className={styles.filters}>
        <ChoiceRow
          label={t("record.filter")}
          value={filter}
          choices={filters.map((value) => ({ value, label: t(`record.filter.${value}`) }))}
          onChange={setFilter}
        />
      </div>
      {story.isPending && <ListSkeleton rows={6} />}
      {story.error && !story.data && <ErrorState error={story.error} retry={() => story.refetch()} />}
      {story.data && days.length === 0 && (
        <EmptyState drawing="inbox" title={t("record.story.empty")}>
          {!readOnly && t("record.story.empty.text")}
        </EmptyState>
      )}
      {days.map((day) => (
        <DayGroup key={day.day} day={day}>
          {day.entries.map((entry) => (
            <Entry key={entry.id} entry={entry} entity={entity} record={record} readOnly={readOnly} />
          ))}
        </DayGroup>
      ))}
      {story.error && story.data && <ErrorLine error={story.error} retry={() => story.fetchNextPage()} />}
      <More
        show={story.hasNextPage && !story.error}
        busy={story.isFetchingNextPage}
        load={() => story.fetchNextPage()}
      />
    </div>
  )
}

function DayGroup({ day, children }: { day: Day; children: ReactNode }) {
  const t = useT()
  const formats = useFormats()
  const near = formatDay(day.day, t, formats)
  const whole = exactDay(day.day, formats)
  return (
    <section className={styles.day}>
      <h2 className={styles.dayName}>
        <time dateTime={day.day}>
          {[t("date.today"), t("date.yesterday")].includes(near) ? `${near} · ${whole}` : whole}
        </time>
      </h2>
      <ol className={styles.entries}>{children}</ol>
    </section>
  )
}

/** Fetches the next page when its place comes into sight; a button for whoever does not scroll. */
function More({ show, busy, load }: { show: boolean; busy: boolean; load: () => void }) {
  const t = useT()
  const place = useRef<HTMLDivElement>(null)
  const newest = useRef(load)
  newest.current = load
  useEffect(() => {
    if (!show || busy || !place.current) return
    const watch = new IntersectionObserver(([seen]) => seen?.isIntersecting && newest.current(), {
      rootMargin: "400px",
    })
    watch.observe(place.current)
    return () => watch.disconnect()
  }, [show, busy])
  if (!show) return null
  return (
    <div ref={place} className={styles.more}>
      <Button kind="subtle" loading={busy} onClick={load}>
        {t("record.story.more")}
      </Button>
    </div>
  )
}
