import { ListPage } from "../records/list/list-page.tsx"

export function DealsPage() {
  return <ListPage entity="deals" />
}
