import { TextInput } from "@mantine/core"
import {
  type Duration,
  type FieldCondition,
  type FilterValue,
  periods,
} from "@regulars/contract/kernel/filter.ts"
import { useT } from "../../../../lib/i18n.tsx"
import styles from "./filters.module.css"

const units: readonly Duration["unit"][] = ["day", "week", "month", "year", "hour", "minute"]

/** A length of time: a number and a unit. */
export function DurationInput({ value, onChange }: { value: Duration; onChange: (value: Duration) => void }) {
  const t = useT()
  return (
    <>
      <TextInput
        className={styles.number}
        type="number"
        min={1}
        max={100_000}
        aria-label={t("filter.when.number")}
        value={value.n}
        onChange={(event) => {
          const n = Math.round(Number(event.currentTarget.value))
          if (Number.isFinite(n)) onChange({ ...value, n: Math.max(0, Math.min(100_000, n)) })
        }}
      />
      <Select
        label={t("filter.when.unit")}
        value={value.unit}
        options={units.map((unit): [Duration["unit"], string] => [unit, t(`unit.${unit}.name`)])}
        onChange={(unit) => onChange({ ...value, unit })}
      />
    </>
  )
}

interface SelectProps<V extends string> {
  label: string
  value: V
  options: readonly (readonly [V, string])[]
  onChange: (value: V) => void
}
/** The browser's own menu: short lists of words, and the best there is on a phone. */
export function Select<V extends string>({ label, value, options, onChange }: SelectProps<V>) {
  return (
    <select
      className={styles.select}
      aria-label={label}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value as V)}
    >
      {options.map(([option, text]) => (
        <option key={option} value={option}>
          {text}
        </option>
      ))}
    </select>
  )
}

interface TimeInputProps {
  op: FieldCondition["op"]
  value: FieldCondition["value"]
  onChange: (value: FilterValue | undefined) => void
}
/** The value of a condition on time: a day, a distance from today, a period, or two days. */
export function TimeInput({ op, value, onChange }: TimeInputProps) {
  const t = useT()
  if (op === "during") {
    const period = typeof value === "object" && value && "period" in value ? value.period : "thisMonth"
    return (
      <Select
        label={t("filter.when")}
        value={period}
        options={periods.map((name) => [name, t(`period.${name}`)] as const)}
        onChange={(next) => onChange({ period: next })}
      />
    )
  }
  if (op === "comesWithin") {
    const ahead =
      typeof value === "object" && value && "ahead" in value ? value.ahead : { n: 7, unit: "day" as const }
    return (
      <div className={styles.inline}>
        <DurationInput value={ahead} onChange={(next) => onChange({ ahead: next })} />
      </div>
    )
  }
  if (op === "between") {
    const [from = "", to = ""] = Array.isArray(value) ? value.map(String) : []
    return (
      <div className={styles.inline}>
        <Day label={t("filter.value.from")} value={from} onChange={(next) => onChange([next, to])} />
        <Day label={t("filter.value.to")} value={to} onChange={(next) => onChange([from, next])} />
      </div>
    )
  }
  if (op === "is")
    return (
      <Day
        label={t("filter.value")}
        value={String(value ?? "")}
        onChange={(next) => onChange(next || undefined)}
      />
    )
  return <Moment value={value} onChange={onChange} />
}

type Kind = "ago" | "ahead" | "day"
function Moment({ value, onChange }: Omit<TimeInputProps, "op">) {
  const t = useT()
  const relative = typeof value === "object" && value !== null && !Array.isArray(value) ? value : undefined
  const kind: Kind = relative ? ("ahead" in relative ? "ahead" : "ago") : "day"
  const duration: Duration =
    relative && "ago" in relative
      ? relative.ago
      : relative && "ahead" in relative
        ? relative.ahead
        : { n: 30, unit: "day" }
  const put = (next: Kind, length: Duration) =>
    onChange(next === "day" ? undefined : next === "ago" ? { ago: length } : { ahead: length })
  return (
    <div className={styles.inline}>
      {kind === "day" ? (
        <Day
          label={t("filter.value")}
          value={String(value ?? "")}
          onChange={(next) => onChange(next || undefined)}
        />
      ) : (
        <DurationInput value={duration} onChange={(next) => put(kind, next)} />
      )}
      <Select
        label={t("filter.when")}
        value={kind}
        options={[
          ["ago", t("filter.when.ago")],
          ["ahead", t("filter.when.ahead")],
          ["day", t("filter.when.day")],
        ]}
        onChange={(next) => put(next, duration)}
      />
    </div>
  )
}
function Day({
  label,
  value,
  onChange,
}: {
  label: string
  value: string
  onChange: (value: string) => void
}) {
  return (
    <TextInput
      type="date"
      aria-label={label}
      value={value.slice(0, 10)}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  )
}
