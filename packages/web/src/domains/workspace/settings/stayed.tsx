import type { Operation } from "@regulars/contract/domains/general.endpoints.ts"
import type { LeftAlone } from "@regulars/contract/kernel/bulk-endpoints.ts"
import { useT } from "../../../lib/i18n.tsx"
import { LeftList } from "../../records/left/left-list.tsx"

interface Account {
  kept?: LeftAlone[]
  keptCount?: number
  arrived?: LeftAlone[]
  arrivedCount?: number
  refused?: LeftAlone[]
  refusedCount?: number
}
/** What work on many records left as it was, for somebody to look at: refused, kept, come since, not merged. */
export function Stayed({ operation }: { operation: Operation }) {
  const t = useT()
  const { kind, summary } = operation
  const {
    refused = [],
    refusedCount = 0,
    kept = [],
    keptCount = 0,
    arrived = [],
    arrivedCount = 0,
  } = summary as Account
  if (kind === "bulk")
    return (
      <LeftList
        heading={t("bulk.refused", { count: refusedCount })}
        left={Array.isArray(refused) ? refused : []}
        count={refusedCount}
        folds
      />
    )
  if (kind === "merge")
    return <LeftList heading={t("settings.activity.left")} left={kept} count={keptCount} folds />
  if (kind !== "undo" && kind !== "unmerge") return null
  return (
    <>
      <LeftList heading={t("bulk.kept", { count: keptCount })} left={kept} count={keptCount} folds />
      <LeftList heading={t("settings.activity.stayed")} left={arrived} count={arrivedCount} folds />
    </>
  )
}
