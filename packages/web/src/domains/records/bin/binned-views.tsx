import { fold } from "@regulars/contract/kernel/fold.ts"
import { entityLabel } from "@regulars/locales/labels.ts"
import { IconArrowBackUp } from "@tabler/icons-react"
import { useQuery } from "@tanstack/react-query"
import { useState } from "react"
import { useLocation } from "wouter"
import { call } from "../../../lib/api.ts"
import { namedEntity } from "../../../lib/declarations.ts"
import { formatInstant } from "../../../lib/format.ts"
import { useFormats, useT } from "../../../lib/i18n.tsx"
import { keys } from "../../../lib/query.ts"
import { Button } from "../../../ui/button.tsx"
import { ListSkeleton } from "../../../ui/skeleton.tsx"
import { EmptyState, ErrorState } from "../../../ui/states.tsx"
import { toast, useErrorToast } from "../../../ui/toast.tsx"
import { useKeepViews } from "../views/use-views.ts"
import { addressOf, type View } from "../views/view-state.ts"
import styles from "./bin-page.module.css"

/** Deleted views of every list, as far as the member may bring them back, newest first. */
export function BinnedViews({ search }: { search: string }) {
  const t = useT()
  const { data, error, refetch } = useQuery({
    // Below `lists`, so that a view deleted elsewhere comes up.
    queryKey: keys.list("views", { deleted: true }),
    queryFn: ({ signal }) => call("GET /views", { query: { deleted: "true" }, signal }),
  })
  if (error && !data) return <ErrorState error={error} retry={() => refetch()} />
  if (!data) return <ListSkeleton rows={4} avatar={false} />
  const wanted = fold(search)
  const views = data.data
    .filter(({ name }) => fold(name).includes(wanted))
    .sort((one, other) => (other.deletedAt ?? "").localeCompare(one.deletedAt ?? ""))
  if (views.length === 0)
    return (
      <EmptyState drawing="bin" title={t(search ? "bin.none.title" : "bin.views.empty.title")}>
        {t(search ? "list.none.text" : "bin.views.empty.text")}
      </EmptyState>
    )
  return (
    <ul className={styles.views} aria-label={t("bin.views")}>
      {views.map((view) => (
        <BinnedView key={view.id} view={view} />
      ))}
    </ul>
  )
}

function BinnedView({ view }: { view: View }) {
  const t = useT()
  const formats = useFormats()
  const keep = useKeepViews()
  const showError = useErrorToast()
  const [, navigate] = useLocation()
  const [isPending, setPending] = useState(false)
  const { id, name } = view
  function restore() {
    setPending(true)
    call("POST /views/:id/restore", { params: { id } })
      .then(({ data }) => {
        keep.put(data)
        toast({
          text: t("bin.restored", { name }),
          action: { label: t("bin.views.open"), run: () => navigate(addressOf(data)) },
        })
      })
      .catch(showError)
      .finally(() => {
        setPending(false)
        keep.refresh()
      })
  }
  const when = formatInstant(view.deletedAt ?? view.updatedAt, t, formats)
  return (
    <li className={styles.view}>
      <span className={styles.name} title={name}>
        {name}
      </span>
      <span className={styles.of}>{entityLabel(t, namedEntity(view.entity))}</span>
      <span className={styles.when}>{t("bin.deleted", { when })}</span>
      <Button
        kind="subtle"
        icon={IconArrowBackUp}
        aria-label={t("bin.restore", { name })}
        loading={isPending}
        onClick={restore}
      >
        {t("action.restore")}
      </Button>
    </li>
  )
}
