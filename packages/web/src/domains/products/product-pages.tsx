import { ListPage } from "../records/list/list-page.tsx"
import { LinkedPanels } from "../records/record-page/panels/linked-panels.tsx"
import { RecordPage } from "../records/record-page/record-page.tsx"

export function ProductsPage() {
  return <ListPage entity="products" />
}

/** What the header shows already. */
const leaveOut = ["name"]
/** Everything about one product. */
export function ProductPage({ params }: { params: Record<string, string | undefined> }) {
  return (
    <RecordPage
      entity="products"
      id={params.id ?? ""}
      leaveOut={leaveOut}
      panels={(product) => <LinkedPanels entity="products" id={product.id} />}
    />
  )
}
