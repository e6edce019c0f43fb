import type { EntityName } from "@regulars/contract/entities.ts"
import type { Filter } from "@regulars/contract/kernel/filter.ts"
import { isSummable } from "@regulars/contract/kernel/grouping.ts"
import type { Figures, FiguresByField } from "@regulars/contract/kernel/groups-endpoints.ts"
import { keepPreviousData, useQuery } from "@tanstack/react-query"
import { request } from "../../../../lib/api.ts"
import { useFormats, useLabels, useT } from "../../../../lib/i18n.tsx"
import { keys } from "../../../../lib/query.ts"
import type { Column } from "../columns.ts"
import { figureText } from "./figures.ts"
import styles from "./groups.module.css"

interface ListSumsProps {
  entity: EntityName
  columns: readonly Column[]
  filter: Filter | undefined
}
/** What the number columns of the whole list come to, below it; follows the filter. */
export function ListSums({ entity, columns, filter }: ListSumsProps) {
  const t = useT()
  const labels = useLabels(entity)
  const texts = { t, labels, formats: useFormats(), nameOf: () => undefined }
  const summed = columns.filter(({ field }) => isSummable(field))
  const params = { filter, fields: summed.map(({ key }) => key) }
  const { data } = useQuery({
    queryKey: [...keys.lists(entity), "sums", params],
    queryFn: async ({ signal }) => {
      const answer = await request(`POST /${entity}/aggregate`, { body: params, signal })
      return (answer as { data: { count: number; figures: FiguresByField } }).data
    },
    placeholderData: keepPreviousData,
  })
  return (
    <section className={styles.sums} aria-label={t("list.sums")}>
      {summed.map(({ key, field }) =>
        (data?.figures[key] ?? []).map((figures) => {
          const text = (of: keyof Omit<Figures, "currency" | "count">) =>
            t(`list.sums.${of}`, { value: figureText({ key, field }, figures[of], figures.currency, texts) })
          return (
            <span key={`${key} ${figures.currency}`} className={styles.sum}>
              <b>{labels.field(key)}</b>
              {t("list.sums.count", { count: figures.count })}
              {(["sum", "average", "min", "max"] as const).map((of) => (
                <span key={of}>{text(of)}</span>
              ))}
            </span>
          )
        }),
      )}
    </section>
  )
}
