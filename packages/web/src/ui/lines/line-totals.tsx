import type { LinesDocument, Totals } from "@regulars/contract/domains/lines.ts"
import type { ReactNode } from "react"
import { useFormats, useT } from "../../lib/i18n.tsx"
import { MoneyText } from "../display.tsx"
import { showDecimal } from "./decimal-text.ts"
import styles from "./lines.module.css"

interface LineTotalsProps {
  document: Omit<LinesDocument, "lines">
  totals: Totals | null
}
/** What the lines come to: discount, shipping, the taxes by their rate, and the sum. */
export function LineTotals({ document, totals }: LineTotalsProps) {
  const t = useT()
  const formats = useFormats()
  const { currency, discount, shipping, pricesIncludeTax } = document
  if (!totals)
    return (
      <p role="alert" className={styles.fault}>
        {t("lines.tooLarge")}
      </p>
    )
  const money = (amount: number) => <MoneyText value={{ amount, currency }} />
  const taxed = totals.taxes.filter(({ tax }) => tax !== 0)
  return (
    <dl className={styles.totals} aria-live="polite">
      {Boolean(discount || shipping) && <Sum label={t("lines.subtotal")}>{money(totals.amount)}</Sum>}
      {Boolean(discount) && <Sum label={t("lines.discount")}>{money(-(discount ?? 0))}</Sum>}
      {Boolean(shipping) && <Sum label={t("lines.shipping")}>{money(shipping ?? 0)}</Sum>}
      {!pricesIncludeTax && taxed.length > 0 && <Sum label={t("lines.net")}>{money(totals.net)}</Sum>}
      {taxed.map(({ rate, net, tax }) => (
        <Sum
          key={rate}
          label={t(pricesIncludeTax ? "lines.taxWithin" : "lines.taxOn", {
            rate: showDecimal(rate, formats),
            net: formats.money({ amount: net, currency }),
          })}
        >
          {money(tax)}
        </Sum>
      ))}
      <Sum label={t("lines.total")} strong>
        {money(totals.gross)}
      </Sum>
    </dl>
  )
}
function Sum({ label, strong, children }: { label: string; strong?: true; children: ReactNode }) {
  return (
    <div className={strong ? `${styles.sum} ${styles.strong}` : styles.sum}>
      <dt>{label}</dt>
      <dd>{children}</dd>
    </div>
  )
}
