import type { Money } from "@regulars/locales/formats.ts"
import { useEffect, useState } from "react"
import { exactDay, exactInstant, formatDay, formatInstant } from "../lib/format.ts"
import { useFormats, useT } from "../lib/i18n.tsx"

/** Counts up once a minute so that "today 14:30" and overdue marks stay true while a page stays open. */
function useMinute(): Date {
  const [now, setNow] = useState(() => new Date())
  useEffect(() => {
    const timer = setInterval(() => setNow(new Date()), 60_000)
    return () => clearInterval(timer)
  }, [])
  return now
}

/** An instant by its distance, the exact moment on hover. */
export function RelativeTime({ at }: { at: string }) {
  const t = useT()
  const formats = useFormats()
  const now = useMinute()
  return (
    <time dateTime={at} title={exactInstant(at, formats)}>
      {formatInstant(at, t, formats, now)}
    </time>
  )
}
/** A calendar day by its distance, the whole date on hover. */
export function DayText({ day }: { day: string }) {
  const t = useT()
  const formats = useFormats()
  const now = useMinute()
  return (
    <time dateTime={day} title={exactDay(day, formats)}>
      {formatDay(day, t, formats, now)}
    </time>
  )
}
export function MoneyText({ value }: { value: Money }) {
  const formats = useFormats()
  return <span style={tabular}>{formats.money(value)}</span>
}
export function NumberText({ value }: { value: number }) {
  const formats = useFormats()
  return <span style={tabular}>{formats.number(value)}</span>
}
const tabular = { fontVariantNumeric: "tabular-nums" } as const
