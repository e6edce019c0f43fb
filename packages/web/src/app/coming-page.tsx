import type { MessageId } from "@regulars/locales/runtime.ts"
import { useT } from "../lib/i18n.tsx"
import { PageHeader } from "../ui/page-header.tsx"
import { EmptyState } from "../ui/states.tsx"

/** Stands in the place of a page that is still being made. */
export function ComingPage({ title }: { title: MessageId }) {
  const t = useT()
  return (
    <>
      <PageHeader title={t(title)} />
      <EmptyState title={t("shell.coming.title")}>{t("shell.coming.text")}</EmptyState>
    </>
  )
}
