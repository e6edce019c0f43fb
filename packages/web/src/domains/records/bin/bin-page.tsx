import type { EntityName } from "@regulars/contract/entities.ts"
import { useCallback, useEffect, useMemo, useRef, useState } from "react"
import { allEntities } from "../../../lib/declarations.ts"
import { useLabels, useT } from "../../../lib/i18n.tsx"
import { declarationOf } from "../../../lib/records.ts"
import { useSession } from "../../../lib/session.tsx"
import { textParam, useUrlState } from "../../../lib/url-state.ts"
import { Button } from "../../../ui/button.tsx"
import { PageHeader } from "../../../ui/page-header.tsx"
import { ProgressBar } from "../../../ui/progress-bar.tsx"
import { ListSkeleton } from "../../../ui/skeleton.tsx"
import { EmptyState, ErrorState, NoPermission } from "../../../ui/states.tsx"
import { SearchBox } from "../list/search-box.tsx"
import { keepSelected, nothingSelected, type Selection } from "../list/selection.ts"
import { useBulk } from "../list/use-bulk.ts"
import { usePartly } from "../list/use-partly.tsx"
import { useViewIds } from "../list/use-rows.ts"
import { binFilter } from "./bin-filter.ts"
import { BinList } from "./bin-list.tsx"
import styles from "./bin-page.module.css"
import { BinnedViews } from "./binned-views.tsx"

const codecs = { kind: textParam(), q: textParam() }
/** Beside the kinds of records. */
const views = "views"
const newestFirst = ["-updatedAt"]

/** What was deleted, by kind of record, with its way back. */
export function BinPage() {
  const t = useT()
  const { permissions } = useSession()
  const [state, setState] = useUrlState(codecs)
  const kinds = allEntities()
    .map(({ name }) => name as EntityName)
    .filter((name) => permissions.includes(`${name}:read`))
  const isOfViews = state.kind === views && permissions.includes("views:update")
  const entity = kinds.find((kind) => kind === state.kind) ?? kinds[0]
  const search = useCallback((q: string) => setState({ q }), [setState])
  return (
    <div className={styles.page}>
      <PageHeader title={t("bin.title")} sub={t("bin.text")} />
      <div className={styles.tools}>
        <nav className={styles.kinds} aria-label={t("bin.kinds")}>
          {kinds.map((kind) => (
            <RecordsButton
              key={kind}
              kind={kind}
              chosen={kind === entity && !isOfViews}
              onChoose={() => setState({ kind })}
            />
          ))}
          {permissions.includes("views:update") && (
            <KindButton
              label={t("bin.views")}
              chosen={isOfViews}
              onChoose={() => setState({ kind: views })}
            />
          )}
        </nav>
        <SearchBox value={state.q} onChange={search} label={t("bin.search")} />
      </div>
      {isOfViews ? (
        <BinnedViews search={state.q} />
      ) : entity ? (
        <Deleted key={entity} entity={entity} search={state.q} />
      ) : (
        <NoPermission />
      )}
    </div>
  )
}
interface KindProps {
  chosen: boolean
  onChoose: () => void
}
function RecordsButton({ kind, ...rest }: KindProps & { kind: EntityName }) {
  return <KindButton label={useLabels(kind).other} {...rest} />
}
function KindButton({ label, chosen, onChoose }: KindProps & { label: string }) {
  const button = useRef<HTMLButtonElement>(null)
  // On a phone not all of them have room.
  useEffect(() => {
    if (chosen) button.current?.scrollIntoView({ block: "nearest", inline: "nearest" })
  }, [chosen])
  return (
    <button
      ref={button}
      type="button"
      className={styles.kind}
      aria-current={chosen || undefined}
      onClick={onChoose}
    >
      {label}
    </button>
  )
}

function Deleted({ entity, search }: { entity: EntityName; search: string }) {
  const t = useT()
  const filter = useMemo(() => binFilter(declarationOf(entity), search), [entity, search])
  const view = useViewIds({ entity, filter, sort: newestFirst, deleted: true })
  const [selection, select] = useState<Selection>(nothingSelected)
  useEffect(() => select((old) => keepSelected(old, view.ids)), [view.ids])
  const target = useMemo(
    () => ({ entity, selected: selection.ids, total: view.ids.length, filter }),
    [entity, selection, view.ids, filter],
  )
  const bulk = useBulk(target)
  const partly = usePartly(target, bulk.run)
  if (view.error && !view.loaded) return <ErrorState error={view.error} retry={() => view.refetch()} />
  if (!view.loaded) return <ListSkeleton rows={8} />
  if (view.ids.length === 0)
    return (
      <EmptyState drawing="bin" title={t(search ? "bin.none.title" : "bin.empty.title")}>
        {t(search ? "list.none.text" : "bin.empty.text")}
      </EmptyState>
    )
  return (
    <>
      <BinList entity={entity} ids={view.ids} selection={selection} select={select} />
      {(selection.ids.size > 0 || bulk.progress) && (
        <section className={styles.bar} aria-label={t("list.bulk")}>
          {bulk.progress ? (
            <ProgressBar label={t("list.bulk.running")} {...bulk.progress} />
          ) : (
            <>
              <Button kind="primary" onClick={() => partly.start("restore")}>
                {t("bin.restoreSelected", { count: selection.ids.size })}
              </Button>
              <Button kind="subtle" onClick={() => select(nothingSelected)}>
                {t("list.bulk.clear")}
              </Button>
            </>
          )}
        </section>
      )}
      {partly.dialog}
    </>
  )
}
