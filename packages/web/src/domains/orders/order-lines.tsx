import { isSold } from "@regulars/contract/domains/orders.ts"
import { type EntityDeclaration, isWritable } from "@regulars/contract/kernel/entity.ts"
import type { MoneyValue } from "@regulars/contract/kernel/fields.ts"
import type { Filter } from "@regulars/contract/kernel/filter.ts"
import { moneyText } from "@regulars/contract/kernel/money.ts"
import { useMemo, useRef, useState } from "react"
import { useFormats, useLabels } from "../../lib/i18n.tsx"
import { type AnyRecord, declarationOf, fetchList, usePatchRecord } from "../../lib/records.ts"
import { useCan } from "../../lib/session.tsx"
import type { GridLine } from "../../ui/lines/line-rows.ts"
import { LinesGrid } from "../../ui/lines/lines-grid.tsx"
import type { FindProducts } from "../../ui/lines/name-cell.tsx"
import { ErrorLine } from "../../ui/states.tsx"

/** The lines of an order, kept as each cell is left. */
export function OrderLines({ order, readOnly }: { order: AnyRecord; readOnly: boolean }) {
  const labels = useLabels("orders")
  const declaration = declarationOf("orders")
  const mayUpdate = useCan("orders:update")
  const mayFind = useCan("products:read")
  const { lines, save, error } = useSavedLines(order)
  const currency = String(order.currency)
  const findProducts = useFindProducts(currency)
  const document = useMemo(
    () => ({
      currency,
      pricesIncludeTax: order.pricesIncludeTax === true,
      discount: amountOf(order.discount),
      shipping: amountOf(order.shipping),
    }),
    [currency, order.pricesIncludeTax, order.discount, order.shipping],
  )
  if (!("lines" in declaration.fields)) return null
  const mayEdit = !readOnly && mayWriteLines(declaration) && (order.can?.update ?? mayUpdate)
  return (
    <section aria-label={labels.field("lines")}>
      <LinesGrid
        lines={lines}
        document={document}
        onChange={mayEdit ? save : undefined}
        findProducts={mayFind ? findProducts : undefined}
        returns={isSold(order.status)}
        ariaLabel={labels.field("lines")}
      />
      {error !== null && <ErrorLine error={error} retry={() => save(lines)} />}
    </section>
  )
}
function mayWriteLines({ fields }: EntityDeclaration): boolean {
  return fields.lines !== undefined && isWritable(fields.lines)
}
const amountOf = (value: unknown) => (value as MoneyValue | null | undefined)?.amount ?? 0

const none: readonly GridLine[] = []
/** The lines as they are here, while they are being saved, and `save` for those that were told. What can't be saved stays. */
function useSavedLines(order: AnyRecord) {
  const patch = usePatchRecord("orders")
  const [held, setHeld] = useState<{ lines: readonly GridLine[]; version: number | undefined } | null>(null)
  const [error, setError] = useState<unknown>(null)
  const turn = useRef(0)
  async function save(lines: readonly GridLine[]) {
    const own = ++turn.current
    // What was shown when the first of them was told: what a colleague saved since is asked about.
    const version = held && error === null ? held.version : order.version
    setHeld({ lines, version })
    setError(null)
    try {
      await patch.mutateAsync({ id: order.id, changes: { lines }, version })
      if (own === turn.current) setHeld(null)
    } catch (problem) {
      if (own === turn.current) setError(problem)
    }
  }
  return { lines: held?.lines ?? ((order.lines ?? none) as readonly GridLine[]), save, error }
}

/** Most products offered at once. */
const most = 8
/** Products of the workspace by their words, with their prices where these are in the order's currency. */
function useFindProducts(currency: string): FindProducts {
  const formats = useFormats()
  return useMemo(
    () => async (typed, signal) => {
      const sold: Filter = { not: { field: "active", op: "is", value: false } }
      const filter: Filter = typed === "" ? sold : { all: [{ search: typed }, sold] }
      const fields = ["name", "sku", "unit", "price", "taxRate", "cost"]
      const { data } = await fetchList("products", { filter, fields, sort: ["name"], limit: most }, signal)
      return data.map(({ id, name, sku, unit, taxRate, ...product }) => {
        const [price, cost] = [product.price, product.cost] as unknown as (MoneyValue | null)[]
        const inCurrency = (money: MoneyValue | null | undefined) =>
          money?.currency === currency ? moneyText(money) : null
        const words = [sku, price && formats.money(price)].filter(Boolean)
        return {
          id,
          name,
          ...(words.length > 0 && { description: words.join(" · ") }),
          line: {
            unit,
            unitPrice: inCurrency(price),
            taxRate: taxRate === null ? null : String(taxRate),
            unitCost: inCurrency(cost),
          },
        }
      })
    },
    [currency, formats],
  )
}
