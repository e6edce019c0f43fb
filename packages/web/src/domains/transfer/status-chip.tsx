import type { Import } from "@regulars/contract/domains/transfer.endpoints.ts"
import { useT } from "../../lib/i18n.tsx"
import { Chip, type Meaning } from "../../ui/chip.tsx"

const meanings: Partial<Record<Import["status"], Meaning>> = {
  done: "good",
  failed: "late",
  running: "info",
  checking: "info",
}
export function StatusChip({ status }: { status: Import["status"] }) {
  const t = useT()
  return <Chip meaning={meanings[status]}>{t(`import.status.${status}`)}</Chip>
}
