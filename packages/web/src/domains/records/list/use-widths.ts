import type { EntityName } from "@regulars/contract/entities.ts"
import { useCallback, useState } from "react"
import { readStored, store } from "../../../lib/storage.ts"
import { limitWidth } from "./columns.ts"

type Widths = Record<string, number>

/** Widths of columns as somebody drew them, kept on this device for each entity. */
export function useWidths(entity: EntityName): [Widths, (key: string, width: number, done: boolean) => void] {
  const [widths, setWidths] = useState(() => readWidths(entity))
  const resize = useCallback(
    (key: string, width: number, done: boolean) =>
      setWidths((old) => {
        const next = { ...old, [key]: limitWidth(width) }
        if (done) store(`columns.${entity}`, JSON.stringify(next))
        return next
      }),
    [entity],
  )
  return [widths, resize]
}
function readWidths(entity: EntityName): Widths {
  try {
    const value: unknown = JSON.parse(readStored(`columns.${entity}`) ?? "{}")
    const entries = Object.entries(value ?? {}).filter(([, width]) => typeof width === "number")
    return Object.fromEntries(entries.map(([key, width]) => [key, limitWidth(width as number)]))
  } catch {
    return {}
  }
}
