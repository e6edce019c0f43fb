import { NativeSelect } from "@mantine/core"
import type { Import, ImportTwin, TwinDecision } from "@regulars/contract/domains/transfer.endpoints.ts"
import { useState } from "react"
import { Link } from "wouter"
import { useFormats, useT } from "../../lib/i18n.tsx"
import { Button } from "../../ui/button.tsx"
import styles from "./import.module.css"
import type { ImportChange } from "./use-imports.ts"

const decisions = ["update", "skip", "keepBoth"] as const
const decisionOf = (text: string): TwinDecision => decisions.find((choice) => choice === text) ?? "update"
const first = 20

/** Rows that seem to be somebody known: what to do with each, or with all at once. */
export function Twins({ one, change }: { one: Import; change: (body: ImportChange) => void }) {
  const t = useT()
  const formats = useFormats()
  const [shown, setShown] = useState(first)
  if (one.twins.length === 0) return null
  const choices = decisions.map((choice) => ({ value: choice, label: t(`import.twins.${choice}`) }))
  const count = one.counts?.duplicates ?? one.twins.length
  const decide = (line: number, decision: TwinDecision) => change({ decisions: [{ line, decision }] })
  /** A choice for all is meant for all: what was decided for single rows gives way. */
  function decideAll(decision: TwinDecision) {
    const single = one.twins.filter((twin) => twin.decision !== null)
    change({
      duplicates: decision,
      ...(single.length > 0 && { decisions: single.map(({ line }) => ({ line, decision: null })) }),
    })
  }
  const same = decisions.find((choice) => one.twins.every(({ action }) => action === choice))
  return (
    <section className={styles.stack}>
      <div className={styles.bar}>
        <h2 className={styles.grow}>{t("import.twins.title", { count, shown: formats.number(count) })}</h2>
        <NativeSelect
          aria-label={t("import.twins.all")}
          value={same ?? ""}
          onChange={(event) => decideAll(decisionOf(event.currentTarget.value))}
          data={[
            ...(same ? [] : [{ value: "", label: t("import.twins.mixed"), disabled: true }]),
            ...choices.map(({ value, label }) => ({
              value,
              label: t("import.twins.allOf", { choice: label }),
            })),
          ]}
        />
      </div>
      <ul className={styles.rows}>
        {one.twins.slice(0, shown).map((twin) => (
          <li key={twin.line} className={styles.row}>
            <div className={styles.words}>
              <div>
                <strong>{twin.name || t("state.unnamed")}</strong>{" "}
                <span className={styles.faint}>
                  {t("import.twins.line", { line: formats.number(twin.line) })}
                </span>
              </div>
              <Candidate twin={twin} entity={one.entity} />
            </div>
            <NativeSelect
              aria-label={t("import.twins.decide", { name: twin.name })}
              value={twin.action}
              onChange={(event) => decide(twin.line, decisionOf(event.currentTarget.value))}
              data={choices}
            />
          </li>
        ))}
      </ul>
      {shown < one.twins.length && (
        <Button kind="subtle" onClick={() => setShown(shown + 80)}>
          {t("import.showMore")}
        </Button>
      )}
    </section>
  )
}

function Candidate({ twin, entity }: { twin: ImportTwin; entity: string }) {
  const t = useT()
  const formats = useFormats()
  const { candidate } = twin
  const name = candidate.name || t("state.unnamed")
  return (
    <div className={styles.faint}>
      {t.find(`import.twins.reason.${twin.reason}`) ?? twin.reason}
      {": "}
      {candidate.id && <Link href={`/${entity}/${candidate.id}`}>{name}</Link>}
      {!candidate.id && name}
      {!candidate.id &&
        candidate.line !== null &&
        ` (${t("import.twins.line", { line: formats.number(candidate.line) })})`}
    </div>
  )
}
