import type { Import } from "@regulars/contract/domains/transfer.endpoints.ts"
import { useT } from "../../lib/i18n.tsx"
import { Chip, type Meaning } from "../../ui/chip.tsx"
import { isBeingUndone, isUndoneInPart } from "./use-imports.ts"

const meanings: Partial<Record<Import["status"], Meaning>> = {
  done: "good",
  failed: "late",
  running: "info",
  checking: "info",
}
/** Where an import stands, taking it back included. */
export function StatusChip({ one }: { one: Import }) {
  const t = useT()
  if (isBeingUndone(one)) return <Chip meaning="info">{t("import.status.undoing")}</Chip>
  if (isUndoneInPart(one)) return <Chip meaning="late">{t("import.status.undoneInPart")}</Chip>
  return <Chip meaning={meanings[one.status]}>{t(`import.status.${one.status}`)}</Chip>
}
