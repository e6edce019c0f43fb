import type { MonthDay } from "@regulars/contract/kernel/fields.ts"
import { useMemo, useState } from "react"
import { useFormats, useT } from "../../lib/i18n.tsx"
import styles from "./fields.module.css"
import { type MonthDayPart, monthDayOf, partOrder, type TypedMonthDay } from "./month-day.ts"

interface MonthDayInputProps {
  value: MonthDay | null
  /** `problem` is a code `fieldError.<code>` while what is typed is no day yet. */
  onChange: (value: MonthDay | null, problem?: string) => void
  ariaLabel: string
  autoFocus?: boolean
}
/** A day that comes back each year; the year may be left empty. Parts stand in the country's order. */
export function MonthDayInput({ value, onChange, ariaLabel, autoFocus }: MonthDayInputProps) {
  const t = useT()
  const formats = useFormats()
  const [typed, setTyped] = useState<TypedMonthDay>({
    day: value ? String(value.day) : "",
    month: value ? String(value.month) : "",
    year: value?.year ? String(value.year) : "",
  })
  const months = useMemo(
    () =>
      Array.from({ length: 12 }, (_, index) =>
        formats.date(new Date(Date.UTC(2000, index, 1)), { month: "long", timeZone: "UTC" }),
      ),
    [formats],
  )
  const order = useMemo(() => partOrder(formats.locale), [formats])
  function change(part: MonthDayPart, text: string) {
    const next = { ...typed, [part]: text }
    setTyped(next)
    const day = monthDayOf(next)
    onChange(day ?? null, day === undefined ? "date" : undefined)
  }
  return (
    <fieldset className={styles.monthDay} aria-label={ariaLabel}>
      {order.map((part, index) =>
        part === "month" ? (
          <select
            key={part}
            className={styles.native}
            aria-label={t("date.month")}
            value={typed.month}
            // biome-ignore lint/a11y/noAutofocus: the reader asked for this field by pressing Enter on it
            autoFocus={autoFocus && index === 0}
            onChange={(event) => change("month", event.currentTarget.value)}
          >
            <option value="">{t("date.month")}</option>
            {months.map((name, month) => (
              <option key={name} value={month + 1}>
                {name}
              </option>
            ))}
          </select>
        ) : (
          <input
            key={part}
            className={`${styles.native} ${part === "day" ? styles.day : styles.year}`}
            inputMode="numeric"
            maxLength={part === "day" ? 2 : 4}
            aria-label={part === "year" ? `${t("date.year")} (${t("state.optional")})` : t("date.day")}
            placeholder={t(`date.${part}`)}
            value={typed[part]}
            // biome-ignore lint/a11y/noAutofocus: the reader asked for this field by pressing Enter on it
            autoFocus={autoFocus && index === 0}
            onChange={(event) => change(part, event.currentTarget.value.replace(/\D/g, ""))}
          />
        ),
      )}
    </fieldset>
  )
}
