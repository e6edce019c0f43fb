import type { DuplicatePair } from "@regulars/contract/domains/duplicates.endpoints.ts"
import type { PairState } from "@regulars/contract/domains/duplicates.ts"
import { Link, useLocation } from "wouter"
import { useFormats, useLabels, useT } from "../../lib/i18n.tsx"
import { declarationOf } from "../../lib/records.ts"
import { useCan } from "../../lib/session.tsx"
import { Button } from "../../ui/button.tsx"
import { Chip } from "../../ui/chip.tsx"
import { FieldView } from "../../ui/fields/field-view.tsx"
import { KeyHint } from "../../ui/key-hint.tsx"
import styles from "./duplicates.module.css"
import { certaintyOf, mergePath, type PairRow, percentOf, rowsOf } from "./pair-rows.ts"
import { useReasonText } from "./reason-text.ts"

interface PairCardProps {
  pair: DuplicatePair
  /** The keys act on this one. */
  chosen: boolean
  onChoose: () => void
  onDecide: (decision: PairState) => void
}
/** Two records side by side, field by field, with what each says about their being one, and what can be decided. */
export function PairCard({ pair, chosen, onChoose, onDecide }: PairCardProps) {
  const t = useT()
  const formats = useFormats()
  const labels = useLabels(pair.entity)
  const names = pair.records.map(({ name }) => name ?? t("state.unnamed"))
  const title = t("duplicates.pair", { one: names[0] ?? "", other: names[1] ?? "" })
  const { label, meaning } = certaintyOf(pair.probability)
  return (
    <article
      className={styles.pair}
      aria-label={title}
      aria-current={chosen || undefined}
      data-pair={pair.id}
      tabIndex={-1}
      onFocusCapture={onChoose}
    >
      <header className={styles.head}>
        <Chip meaning={meaning}>{t(label)}</Chip>
        <span className={styles.percent}>{percentOf(pair.probability, formats)}</span>
        <Decisions pair={pair} chosen={chosen} onDecide={onDecide} />
      </header>
      <table className={styles.table}>
        <caption className={styles.hidden}>{title}</caption>
        <thead>
          <tr>
            <th scope="col">
              <span className={styles.hidden}>{t("duplicates.field")}</span>
            </th>
            {pair.records.map(({ id }, side) => (
              <th key={id} scope="col">
                <Link href={`/${pair.entity}/${id}`} className={styles.name}>
                  {names[side]}
                </Link>
              </th>
            ))}
            <th scope="col">
              <span className={styles.hidden}>{t("duplicates.reason")}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {rowsOf(pair).map((row) => (
            <FieldRow key={row.field} row={row} pair={pair} label={labels.field(row.field)} />
          ))}
        </tbody>
      </table>
    </article>
  )
}

function FieldRow({ row, pair, label }: { row: PairRow; pair: DuplicatePair; label: string }) {
  const reasonText = useReasonText()
  const field = declarationOf(pair.entity).fields[row.field]
  if (!field) return null
  const direction = row.weight > 1 ? styles.for : row.weight < -1 ? styles.against : ""
  return (
    <tr>
      <th scope="row">{label}</th>
      {pair.records.map(({ id, values }) => (
        <td key={id}>
          <FieldView entity={pair.entity} fieldKey={row.field} field={field} value={values[row.field]} />
        </td>
      ))}
      <td className={`${styles.reason} ${direction}`}>{reasonText(row.reasons)}</td>
    </tr>
  )
}

type DecisionsProps = Pick<PairCardProps, "pair" | "chosen" | "onDecide">
function Decisions({ pair, chosen, onDecide }: DecisionsProps) {
  const t = useT()
  const mayDuplicates = useCan("duplicates:update")
  const mayRecords = useCan(`${pair.entity}:update`)
  const mayMerge = useCan(`${pair.entity}:merge`)
  const [, navigate] = useLocation()
  if (!mayDuplicates || !mayRecords) return null
  const isOpen = pair.state === "open"
  return (
    <div className={styles.decisions}>
      {isOpen && (
        <Button onClick={() => onDecide("later")}>
          {t("duplicates.later")}
          {chosen && <KeyHint keys="l" />}
        </Button>
      )}
      {pair.state === "notSame" ? (
        <Button onClick={() => onDecide("open")}>{t("duplicates.reopen")}</Button>
      ) : (
        <Button onClick={() => onDecide("notSame")}>
          {t("duplicates.notSame")}
          {chosen && <KeyHint keys="n" />}
        </Button>
      )}
      {mayMerge && pair.state !== "notSame" && (
        <Button kind={chosen ? "primary" : "default"} onClick={() => navigate(mergePath(pair))}>
          {t("duplicates.merge")}
          {chosen && <KeyHint keys="m" />}
        </Button>
      )}
    </div>
  )
}
