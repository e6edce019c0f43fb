import type { LeftAlone } from "@regulars/contract/kernel/bulk-endpoints.ts"
import { useT } from "../../lib/i18n.tsx"
import { LeftList } from "../records/left/left-list.tsx"

/** What taking an import back left alone, and why; `undo` is the server's account. */
export function KeptList({ undo }: { undo: unknown }) {
  const t = useT()
  const { kept = [], keptCount = 0 } = (undo ?? {}) as { kept?: LeftAlone[]; keptCount?: number }
  return <LeftList heading={t("bulk.kept", { count: keptCount })} left={kept} count={keptCount} />
}
