import { withTexts } from "../../lib/i18n.tsx"
import { lazyPart } from "../../lib/lazy-part.tsx"
import { Later } from "../../ui/later.tsx"
import { ListSkeleton } from "../../ui/skeleton.tsx"
import { ListPage } from "../records/list/list-page.tsx"
import { LinkedPanels } from "../records/record-page/panels/linked-panels.tsx"
import { RecordPage } from "../records/record-page/record-page.tsx"

const OrderLines = lazyPart(() => withTexts(() => import("./order-lines.tsx"), "sell"), "OrderLines")

export function OrdersPage() {
  return <ListPage entity="orders" />
}

/** What the header shows already. */
const leaveOut = ["number", "tags", "ownerId", "lines"]
/** Everything about one order. */
export function OrderPage({ params }: { params: Record<string, string | undefined> }) {
  return (
    <RecordPage
      entity="orders"
      id={params.id ?? ""}
      leaveOut={leaveOut}
      main={(order, readOnly) => (
        <Later fallback={<ListSkeleton rows={4} avatar={false} />}>
          <OrderLines order={order} readOnly={readOnly} />
        </Later>
      )}
      panels={(order) => <LinkedPanels entity="orders" id={order.id} />}
    />
  )
}
