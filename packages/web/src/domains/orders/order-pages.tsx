import { ListPage } from "../records/list/list-page.tsx"
import { LinkedPanels } from "../records/record-page/panels/linked-panels.tsx"
import { RecordPage } from "../records/record-page/record-page.tsx"

export function OrdersPage() {
  return <ListPage entity="orders" />
}

/** What the header shows already. */
const leaveOut = ["number", "tags", "ownerId"]
/** Everything about one order. */
export function OrderPage({ params }: { params: Record<string, string | undefined> }) {
  return (
    <RecordPage
      entity="orders"
      id={params.id ?? ""}
      leaveOut={leaveOut}
      panels={(order) => <LinkedPanels entity="orders" id={order.id} />}
    />
  )
}
