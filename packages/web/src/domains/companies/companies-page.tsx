import { ListPage } from "../records/list/list-page.tsx"

export function CompaniesPage() {
  return <ListPage entity="companies" />
}
