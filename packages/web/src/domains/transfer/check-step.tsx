import type { Import, ImportCounts } from "@regulars/contract/domains/transfer.endpoints.ts"
import { useRef, useState } from "react"
import { useFormats, useT } from "../../lib/i18n.tsx"
import { useCan } from "../../lib/session.tsx"
import { Button } from "../../ui/button.tsx"
import { ProgressBar } from "../../ui/progress-bar.tsx"
import { ErrorLine } from "../../ui/states.tsx"
import { CancelButton } from "./cancel-button.tsx"
import { Counts } from "./counts.tsx"
import styles from "./import.module.css"
import { Problems } from "./problems.tsx"
import { Twins } from "./twins.tsx"
import { type ImportChange, useChangeImport, useImportStep } from "./use-imports.ts"

/** Why there is nothing to import. */
function nothingText({ unchanged, skipped, merged }: ImportCounts) {
  return unchanged + skipped + merged > 0 ? "import.check.noChange" : "import.check.nothing"
}

interface StepProps {
  one: Import
  onBack: () => void
  onRun: () => void
}
/** What the whole file would do, before anything is written: counts, faults to repair, twins to decide. */
export function CheckStep({ one, onBack, onRun }: StepProps) {
  const t = useT()
  const formats = useFormats()
  const mayImport = useCan("imports:create")
  const change = useChangeImport(one.id)
  // What was repaired or decided since the last check changes the numbers above it.
  const [touched, setTouched] = useState(false)
  const check = useImportStep(one.id, "check", () => setTouched(false))
  const run = useImportStep(one.id, "run", onRun)
  const alter = (body: ImportChange) => {
    setTouched(true)
    change.mutate(body)
  }
  const lastCounts = useRef(one.counts)
  if (one.counts) lastCounts.current = one.counts
  const counts = one.counts ?? lastCounts.current
  if (one.status === "checking")
    return (
      <div className={styles.stack}>
        <ProgressBar
          label={t("import.checking")}
          done={one.progress?.done ?? 0}
          total={one.progress?.total ?? null}
        />
        <div>
          <CancelButton one={one} />
        </div>
      </div>
    )
  const stale = touched || one.status === "recognised"
  const rows = counts ? counts.created + counts.updated : 0
  return (
    <>
      {counts && <Counts counts={counts} />}
      <Problems one={one} change={alter} />
      <Twins one={one} change={alter} />
      {check.error !== null && <ErrorLine error={check.error} />}
      {run.error !== null && <ErrorLine error={run.error} />}
      <div className={styles.foot}>
        <Button onClick={onBack}>{t("import.check.back")}</Button>
        <span className={styles.grow} role="status">
          {stale && counts && t("import.check.stale")}
          {!stale && counts && rows === 0 && t(nothingText(counts))}
        </span>
        {mayImport && stale && (
          <Button kind="primary" loading={check.isPending || change.isPending} onClick={() => check.mutate()}>
            {t("import.check.again")}
          </Button>
        )}
        {mayImport && !stale && (
          <Button
            kind="primary"
            disabled={rows === 0}
            loading={run.isPending || change.isPending}
            onClick={() => run.mutate()}
          >
            {t.find(`import.check.run.${one.entity}`, { count: rows, shown: formats.number(rows) }) ??
              t("import.check.runRows", { count: rows, shown: formats.number(rows) })}
          </Button>
        )}
      </div>
    </>
  )
}
