import type { EntityName } from "@regulars/contract/entities.ts"
import { useQuery } from "@tanstack/react-query"
import { useEffect } from "react"
import { useSearchParams } from "wouter"
import { titleOf } from "../../../lib/format.ts"
import { useLabels, useT } from "../../../lib/i18n.tsx"
import { keys } from "../../../lib/query.ts"
import { type AnyRecord, declarationOf, fetchList } from "../../../lib/records.ts"
import { LinkInput } from "../../../ui/fields/link-input.tsx"
import { PageHeader } from "../../../ui/page-header.tsx"
import { PageSkeleton } from "../../../ui/skeleton.tsx"
import { ErrorState } from "../../../ui/states.tsx"
import { MergeForm } from "./merge-form.tsx"
import styles from "./merge-page.module.css"

/** Most records that are made one at once. */
const most = 20

export const PeopleMergePage = () => <MergePage entity="people" />
export const CompaniesMergePage = () => <MergePage entity="companies" />

/** Several records side by side, to be made one: `?ids=` names them, `?back=` where to go on afterwards. */
function MergePage({ entity }: { entity: EntityName }) {
  const t = useT()
  const labels = useLabels(entity)
  const [search, setSearch] = useSearchParams()
  const ids = [...new Set((search.get("ids") ?? "").split(",").filter((id) => id !== ""))].slice(0, most)
  const { data, error, refetch } = useRecords(entity, ids)
  const change = (next: readonly string[]) =>
    setSearch(
      (old) => {
        const params = new URLSearchParams(old)
        params.set("ids", [...new Set(next)].join(","))
        return params
      },
      { replace: true },
    )
  const merged = data?.merged
  // Who was merged elsewhere meanwhile is looked for where they are now.
  useEffect(() => {
    if (merged) change(ids.map((id) => merged[id] ?? id))
  })
  const records = data?.records ?? []
  return (
    <>
      <PageHeader title={t("merge.title", { what: labels.other })} sub={t("merge.about")} />
      <div className={styles.page}>
        {error && !data ? <ErrorState error={error} retry={() => refetch()} /> : null}
        {!data && !error && ids.length > 0 && <PageSkeleton />}
        {records.length >= 2 && (
          <MergeForm
            key={records.map(({ id }) => id).join()}
            entity={entity}
            records={records}
            back={backPath(search)}
          />
        )}
        {(data || ids.length === 0) && records.length < most && (
          <AddRecord entity={entity} records={records} onAdd={(id) => change([...ids, id])} />
        )}
      </div>
    </>
  )
}
/** A path of our own, or none. */
function backPath(search: URLSearchParams): string | undefined {
  const back = search.get("back")
  return back && /^\/(?![/\\])/.test(back) ? back : undefined
}

function useRecords(entity: EntityName, ids: readonly string[]) {
  return useQuery({
    queryKey: keys.list(entity, { merge: ids }),
    queryFn: async ({ signal }) => {
      const valid = ids.filter((id) => /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i.test(id))
      const { data, merged } = await fetchList(entity, { only: valid }, signal)
      return { records: data as unknown as AnyRecord[], merged }
    },
    enabled: ids.length > 0,
  })
}

interface AddRecordProps {
  entity: EntityName
  records: readonly AnyRecord[]
  onAdd: (id: string) => void
}
/** Names a further record by typing a part of its name. */
function AddRecord({ entity, records, onAdd }: AddRecordProps) {
  const t = useT()
  const [first] = records
  const isAlone = records.length < 2
  const name = first ? titleOf(first, declarationOf(entity).title) || t("state.unnamed") : ""
  return (
    <div className={styles.add}>
      <LinkInput
        target={entity}
        label={first && isAlone ? t("merge.with", { name }) : t("merge.add")}
        value={null}
        onChange={(id) => id && onAdd(id)}
        autoFocus={isAlone}
      />
    </div>
  )
}
