import type { Import } from "@regulars/contract/domains/transfer.endpoints.ts"
import { IconCheck } from "@tabler/icons-react"
import { type RefObject, useEffect, useRef } from "react"
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
const formatNames: Record<Import["format"], string> = { csv: "CSV", xlsx: "Excel", vcard: "vCard" }
/** Programs whose files are recognised, by their names for people. */
const products: Record<string, string> = {
  hubspot: "HubSpot",
  salesforce: "Salesforce",
  zoho: "Zoho",
  pipedrive: "Pipedrive",
  google: "Google",
  outlook: "Outlook",
  shopify: "Shopify",
  mailchimp: "Mailchimp",
}
/** The address remembers whoever went back to the mapping, or repairs what the check found. */
const codecs = { step: choiceParam(["auto", "map", "check"] as const, "auto") }

/** Which step an import is at: what the server is doing decides, the address chooses among what is open. */
export function stepOf(one: Import, wanted: "auto" | "map" | "check"): StepName {
  if (one.status === "running") return "run"
  // A repair takes the numbers away, and the last one all that was found: it goes on from there nevertheless.
  if (one.status === "recognised") return wanted === "check" ? "check" : "map"
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
  const step = one && stepOf(one, wanted)
  const content = useKeptFocus(`${step} ${one?.status}`)
  if (error && !one)
    return (
      <>
        <PageHeader title={t("shell.import")} />
        <ErrorState error={error} retry={() => refetch()} />
      </>
    )
  if (!one || !step)
    return (
      <>
        <PageHeader title={t("shell.import")} />
        <div className={styles.page}>
          <FormSkeleton fields={6} />
        </div>
      </>
    )
  const go = (next: "auto" | "map" | "check") => setState({ step: next })
  const origin = one.source === "own" ? t("shell.product") : one.source && products[one.source]
  const source = [formatNames[one.format], one.sheet, origin, formatBytes(one.bytes, formats)]
  return (
    <>
      <PageHeader title={one.fileName} sub={source.filter(Boolean).join(" · ")}>
        <Link href="/import">{t("import.all")}</Link>
      </PageHeader>
      <div ref={content} className={styles.page} tabIndex={-1}>
        <StepBar current={step} />
        {step === "map" && <MapStep key={one.id} one={one} onChecked={() => go("check")} />}
        {step === "check" && <CheckStep one={one} onBack={() => go("map")} onRun={() => go("auto")} />}
        {step === "run" && <RunStep one={one} />}
        {step === "result" && <ResultStep one={one} />}
      </div>
    </>
  )
}

/** The button that led on is gone with its step: whoever goes by keyboard goes on in the new one, not at the top. */
function useKeptFocus(state: string): RefObject<HTMLDivElement | null> {
  const content = useRef<HTMLDivElement>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: looks again whenever the state is another
  useEffect(() => {
    if (document.activeElement === document.body) content.current?.focus({ preventScroll: true })
  }, [state])
  return content
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
