import { useEffect } from "react"
import { useT } from "./i18n.tsx"

/** Names the browser tab after what the page shows. */
export function usePageTitle(page: string): void {
  const t = useT()
  useEffect(() => {
    document.title = page ? t("shell.title", { page }) : t("shell.product")
  }, [page, t])
}
