import { useQuery, useQueryClient } from "@tanstack/react-query"
import { useLocation } from "wouter"
import { call } from "../../../lib/api.ts"
import { useFormats, useT } from "../../../lib/i18n.tsx"
import { Button } from "../../../ui/button.tsx"
import { ListSkeleton } from "../../../ui/skeleton.tsx"
import { EmptyState, ErrorState } from "../../../ui/states.tsx"
import { toast, useErrorToast } from "../../../ui/toast.tsx"
import styles from "./settings.module.css"

const key = ["import-mappings"]

/** Remembered mappings of columns, to be forgotten when they are no longer wanted. */
export function MappingsSettings() {
  const t = useT()
  const formats = useFormats()
  const client = useQueryClient()
  const showError = useErrorToast()
  const [, navigate] = useLocation()
  const { data, error, refetch } = useQuery({
    queryKey: key,
    queryFn: async ({ signal }) => (await call("GET /import-mappings", { signal })).data,
  })
  if (error && !data) return <ErrorState error={error} retry={() => refetch()} />
  if (!data) return <ListSkeleton rows={3} avatar={false} />
  if (data.length === 0)
    return (
      <EmptyState
        drawing="file"
        title={t("settings.mappings")}
        action={<Button onClick={() => navigate("/import")}>{t("settings.mappings.import")}</Button>}
      >
        {t("settings.mappings.empty")}
      </EmptyState>
    )
  const forget = (id: string, name: string) => {
    call("DELETE /import-mappings/:id", { params: { id } }).then(() => {
      toast({ text: t("settings.mappings.forgotten", { name }) })
      client.invalidateQueries({ queryKey: key })
    }, showError)
  }
  return (
    <ul className={styles.rows}>
      {data.map((mapping) => (
        <li key={mapping.id} className={styles.row}>
          <div className={styles.words}>
            <div className={styles.name}>{mapping.name}</div>
            <div className={styles.sub} title={formats.list(mapping.headers)}>
              {t("settings.mappings.columns", { count: mapping.headers.length })}
              {": "}
              {mapping.headers.slice(0, 6).join(", ")}
              {mapping.headers.length > 6 && " …"}
            </div>
          </div>
          <Button onClick={() => forget(mapping.id, mapping.name)}>{t("settings.mappings.forget")}</Button>
        </li>
      ))}
    </ul>
  )
}
