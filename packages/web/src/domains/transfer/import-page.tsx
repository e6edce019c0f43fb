import type { Import } from "@regulars/contract/domains/transfer.endpoints.ts"
import { IconCheck } from "@tabler/icons-react"
import { Link } from "wouter"
import { formatBytes } from "../../lib/format.ts"
import { useFormats, useT } from "../../lib/i18n.tsx"
import { choiceParam, useUrlState } from "../../lib/url-state.ts"
import { PageHeader } from "../../ui/page-header.tsx"
import { FormSkeleton } from "../../ui/skeleton.tsx"
import { ErrorState } from "../../ui/states.tsx"
import { CheckStep } from "./check-step.tsx"
import styles from "./import.module.css"
import { MapStep } from "./map-step.tsx"
import { ResultStep } from "./result-step.tsx"
import { RunStep } from "./run-step.tsx"
import { useImport } from "./use-imports.ts"

const steps = ["map", "check", "run", "result"] as const
type StepName = (typeof steps)[number]
/** The address remembers whoever went back to the mapping, or repairs what the check found. */
const codecs = { step: choiceParam(["auto", "map", "check"] as const, "auto") }

/** Which step an import is at: what the server is doing decides, the address chooses among what is open. */
export function stepOf(one: Import, wanted: "auto" | "map" | "check"): StepName {
  if (one.status === "running") return "run"
  // A repair takes the numbers away, and leaves what was found to go on with.
  const wasChecked = one.counts !== null || one.problems.length > 0 || one.twins.length > 0
  if (one.status === "recognised") return wanted === "check" && wasChecked ? "check" : "map"
  if (one.status === "checking") return "check"
  if (one.status === "checked") return wanted === "map" ? "map" : "check"
  // A check that failed leaves the mapping to be corrected; nothing was imported yet.
  if (one.status === "failed" && !one.operation) return "map"
  return "result"
}

/** One import from the recognised file to its result; can be left and found again at any step. */
export function ImportPage({ params }: { params: Record<string, string | undefined> }) {
  const t = useT()
  const formats = useFormats()
  const [{ step: wanted }, setState] = useUrlState(codecs)
  const { data: one, error, refetch } = useImport(params.id ?? "")
  if (error && !one) return <ErrorState error={error} retry={() => refetch()} />
  if (!one)
    return (
      <>
        <PageHeader title={t("shell.import")} />
        <div className={styles.page}>
          <FormSkeleton fields={6} />
        </div>
      </>
    )
  const step = stepOf(one, wanted)
  const go = (next: "auto" | "map" | "check") => setState({ step: next })
  const source = [one.format.toUpperCase(), one.sheet, one.source, formatBytes(one.bytes, formats)]
  return (
    <>
      <PageHeader title={one.fileName} sub={source.filter(Boolean).join(" · ")}>
        <Link href="/import">{t("import.all")}</Link>
      </PageHeader>
      <div className={styles.page}>
        <StepBar current={step} />
        {step === "map" && <MapStep key={one.id} one={one} onChecked={() => go("check")} />}
        {step === "check" && <CheckStep one={one} onBack={() => go("map")} onRun={() => go("auto")} />}
        {step === "run" && <RunStep one={one} />}
        {step === "result" && <ResultStep one={one} />}
      </div>
    </>
  )
}

function StepBar({ current }: { current: StepName }) {
  const t = useT()
  const at = steps.indexOf(current)
  return (
    <ol className={styles.steps} aria-label={t("import.steps")}>
      {steps.map((name, index) => (
        <li key={name} className={styles.stepItem} aria-current={name === current ? "step" : undefined}>
          <span className={styles.stepNumber}>
            {index < at ? <IconCheck size={14} stroke={2} aria-label={t("action.done")} /> : index + 1}
          </span>
          {t(`import.step.${name}`)}
        </li>
      ))}
    </ol>
  )
}
