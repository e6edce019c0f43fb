import { useT } from "../lib/i18n.tsx"
import { Button } from "./button.tsx"

interface Paged {
  hasNextPage: boolean
  isFetchingNextPage: boolean
  fetchNextPage(): unknown
}
/** Fetches the next page of what a list shows; nothing where there is none. */
export function MoreButton({ of: pages, className }: { of: Paged; className?: string | undefined }) {
  const t = useT()
  if (!pages.hasNextPage) return null
  return (
    <div className={className}>
      <Button loading={pages.isFetchingNextPage} onClick={() => pages.fetchNextPage()}>
        {t("action.more")}
      </Button>
    </div>
  )
}
