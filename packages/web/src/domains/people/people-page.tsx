import { ListPage } from "../records/list/list-page.tsx"

export function PeoplePage() {
  return <ListPage entity="people" />
}
