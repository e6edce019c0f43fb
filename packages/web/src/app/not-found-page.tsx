import { useLocation } from "wouter"
import { useT } from "../lib/i18n.tsx"
import { Button } from "../ui/button.tsx"
import { PageHeader } from "../ui/page-header.tsx"
import { EmptyState } from "../ui/states.tsx"

/** What an address shows that no page has. */
export function NotFoundPage() {
  const t = useT()
  const [, navigate] = useLocation()
  return (
    <>
      <PageHeader title={t("shell.notFound.title")} />
      <EmptyState
        drawing="search"
        title={t("shell.notFound.title")}
        action={<Button onClick={() => navigate("/")}>{t("action.home")}</Button>}
      >
        {t("shell.notFound.text")}
      </EmptyState>
    </>
  )
}
