import { fold } from "@regulars/contract/kernel/fold.ts"
import { useState } from "react"
import type { GridLine } from "../../ui/lines/line-rows.ts"
import { LinesGrid, type LinesGridProps } from "../../ui/lines/lines-grid.tsx"
import type { ProductChoice } from "../../ui/lines/name-cell.tsx"
import styles from "./kit.module.css"
import { Section } from "./kit-section.tsx"

const product = (id: string, name: string, unitPrice: string, taxRate: string): ProductChoice => ({
  id,
  name,
  description: `${unitPrice} €`,
  line: { unit: null, unitPrice, taxRate, unitCost: null },
})
const products = [
  product("p1", "Espresso beans, 1 kg", "24.90", "7"),
  product("p2", "Espresso cup", "6.5", "19"),
  product("p3", "Barista course for two, on a Saturday morning", "180", "19"),
  product("p4", "Oat milk, 1 l", "2.195", "7"),
]
const findProducts = async (typed: string) => products.filter(({ name }) => fold(name).includes(fold(typed)))

const lines: GridLine[] = [
  { id: "a", productId: "p1", name: "Espresso beans, 1 kg", quantity: "12", unitPrice: "24.9", taxRate: "7" },
  {
    id: "b",
    productId: "p2",
    name: "Espresso cup",
    quantity: "6",
    unitPrice: "6.5",
    discountPercent: "10",
    taxRate: "19",
  },
  {
    id: "c",
    name: "Delivery to the back door, before opening hours",
    unitPrice: "15",
    discount: 500,
    taxRate: "19",
  },
]
const faulty: GridLine[] = [
  { id: "a", name: "Taxed too much", quantity: "1", unitPrice: "10", taxRate: "190" },
  { id: "b", quantity: "2", unitPrice: "3" },
  { id: "c", name: "Came back", quantity: "1", returned: "2", unitPrice: "10" },
]
const euros = { currency: "EUR", pricesIncludeTax: false }

/** The grid of lines in every state, with products that need no server. */
export function KitLines() {
  return (
    <Section title="Lines">
      <Example
        title="Edited, with discount and shipping"
        lines={lines}
        document={{ ...euros, discount: 1000, shipping: 590 }}
      />
      <div style={{ maxWidth: 340 }}>
        <Example
          title="In little room, prices with tax"
          lines={lines}
          document={{ currency: "EUR", pricesIncludeTax: true }}
        />
      </div>
      <Example title="With faults, and returns" lines={faulty} document={euros} returns />
      <Example title="Empty, in yen" lines={[]} document={{ currency: "JPY", pricesIncludeTax: true }} />
      <Example title="To be read only" lines={lines} document={euros} readOnly />
    </Section>
  )
}
function Example({
  title,
  readOnly,
  ...given
}: Pick<LinesGridProps, "lines" | "document" | "returns"> & { title: string; readOnly?: boolean }) {
  const [lines, setLines] = useState(given.lines)
  return (
    <div style={{ marginBottom: 24 }}>
      <div className={styles.label}>{title}</div>
      <LinesGrid
        lines={lines}
        document={given.document}
        returns={given.returns}
        onChange={readOnly ? undefined : setLines}
        findProducts={findProducts}
        ariaLabel={title}
      />
    </div>
  )
}
