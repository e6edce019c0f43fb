import type { EntityName } from "@regulars/contract/entities.ts"
import { useState } from "react"
import { readStored, store } from "../../../lib/storage.ts"
import { limitWidth } from "./columns.ts"

type Widths = Record<string, number>

type Resize = (key: string, width: number, done: boolean) => void

/**
 * Widths of columns: those in the address, as of a saved view, or else as somebody drew them on this device. With
 * `put` what is drawn goes into the address, otherwise the device keeps it.
 */
export function useWidths(
  entity: EntityName,
  inAddress: Widths | null,
  put: ((widths: Widths) => void) | null,
): [Widths, Resize] {
  const [own, setOwn] = useState(() => readWidths(entity))
  const [drawn, setDrawn] = useState<Widths | null>(null)
  const widths = drawn ?? inAddress ?? own
  const resize: Resize = (key, width, done) => {
    const next = { ...widths, [key]: limitWidth(width) }
    setDrawn(done ? null : next)
    if (done && put) put(next)
    else if (done) {
      setOwn(next)
      store(`columns.${entity}`, JSON.stringify(next))
    }
  }
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
