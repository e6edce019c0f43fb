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
/** With a fixed number of places where `decimals` says so. */
export function NumberText({ value, decimals }: { value: number; decimals?: number | undefined }) {
  const formats = useFormats()
  return <span style={tabular}>{formats.number(value, placesOf(decimals))}</span>
}
export function placesOf(decimals: number | undefined): Intl.NumberFormatOptions | undefined {
  return decimals === undefined
    ? undefined
    : { minimumFractionDigits: decimals, maximumFractionDigits: decimals }
}
/** Stars as far as the value goes, and the value in words for those who don't see them. */
export function RatingText({ value, most }: { value: number; most: number }) {
  const t = useT()
  return (
    <span role="img" aria-label={t("input.rating", { value, most })}>
      {"★".repeat(value)}
      <span style={{ opacity: 0.35 }}>{"★".repeat(Math.max(0, most - value))}</span>
    </span>
  )
}
const tabular = { fontVariantNumeric: "tabular-nums" } as const
