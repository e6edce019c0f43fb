import type { RecordReference } from "@regulars/contract/kernel/fields.ts"
import { useEffect } from "react"
import { createRegistry } from "../../../lib/registry.ts"

const shown = createRegistry<RecordReference>()

/** Says which record the page is about, so that what is created meanwhile is about it too. */
export function useCurrentRecord(reference: RecordReference | undefined): void {
  const { type, id } = reference ?? {}
  useEffect(() => (type && id ? shown.add({ type, id }) : undefined), [type, id])
}
export function currentRecord(): RecordReference | undefined {
  return shown.list().at(-1)
}
