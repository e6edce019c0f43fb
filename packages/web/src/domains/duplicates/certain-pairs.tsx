import { NativeSelect } from "@mantine/core"
import type { MatchedEntity } from "@regulars/contract/domains/duplicates.ts"
import { useState } from "react"
import { useFormats, useT } from "../../lib/i18n.tsx"
import { useCan } from "../../lib/session.tsx"
import { Button } from "../../ui/button.tsx"
import { ProgressBar } from "../../ui/progress-bar.tsx"
import styles from "./duplicates.module.css"
import { useCertain, useOverview } from "./use-duplicates.ts"

const thresholds = [0.9, 0.95, 0.98, 0.99, 0.999] as const

/** Merges all pairs that are certain at once, and says from when on they are. */
export function CertainPairs({ entity }: { entity: MatchedEntity }) {
  const t = useT()
  const formats = useFormats()
  const { data } = useOverview()
  const { merge, setFrom, progress } = useCertain(entity)
  const mayRun = useCan("duplicates:create")
  const mayMerge = useCan(`${entity}:merge`)
  const isOwner = useCan("duplicates:manage")
  const [chosen, choose] = useState<number | null>(null)
  if (progress)
    return (
      <div className={styles.running} role="status">
        <ProgressBar label={t("duplicates.certain.running")} {...progress} />
      </div>
    )
  if (!data || !mayRun || !mayMerge || (data.open[entity] ?? 0) === 0) return null
  const percent = (value: number) => formats.number(value, { style: "percent", maximumFractionDigits: 1 })
  const count = data.certain[entity] ?? 0
  const from = chosen ?? data.certainFrom
  const choices = [...new Set([...thresholds, from])].sort((one, other) => one - other)
  return (
    <section className={styles.certain} aria-label={t("duplicates.certain")}>
      <span className={styles.certainText}>
        {t("duplicates.certain.text", { count, shown: formats.number(count), from: percent(from) })}
      </span>
      {isOwner && (
        <NativeSelect
          size="xs"
          aria-label={t("duplicates.certain.from")}
          value={String(from)}
          data={choices.map((value) => ({
            value: String(value),
            label: t("duplicates.certain.choice", { from: percent(value) }),
          }))}
          onChange={(event) => {
            const value = Number(event.currentTarget.value)
            choose(value)
            setFrom(value)
          }}
        />
      )}
      {count > 0 && (
        <Button onClick={merge}>
          {t("duplicates.certain.merge", { count, shown: formats.number(count) })}
        </Button>
      )}
    </section>
  )
}
