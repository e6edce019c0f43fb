import type { ImportTarget } from "@regulars/contract/domains/transfer.endpoints.ts"
import type { ColumnState } from "./candidates.ts"
import type { LabelColumn } from "./labels.ts"
import { idOf } from "./targets.ts"

const ADDRESS_ANCHORS = new Set(["city", "postalCode", "region", "country", "whole", "label"])

interface OpenAddress {
  group: number
  parts: Set<string>
}

/** Whether the part begins another address: it is there already, or it is a street after the city is known. */
function beginsAnother(address: OpenAddress, part: string): boolean {
  if (part === "street" || part === "houseNumber") return address.parts.has("city") && address.parts.has(part)
  return address.parts.has(part) && part !== "street2"
}

function groupAddresses(columns: readonly ColumnState[], targets: Map<number, ImportTarget>): void {
  // "City 2" numbers the address; "Street 2" alone only numbers its lines.
  const numbers = new Set(
    columns
      .filter(
        (column) =>
          targets.get(column.index)?.field === "addresses" &&
          ADDRESS_ANCHORS.has(targets.get(column.index)?.part ?? ""),
      )
      .map((column) => column.match.parsed.ordinal),
  )
  const open = new Map<string, OpenAddress>()
  let last = 0
  for (const column of columns) {
    const target = targets.get(column.index)
    if (target?.field !== "addresses" || !target.part) continue
    const { ordinal } = column.match.parsed
    const key = `${column.match.labels.address ?? ""} ${ordinal !== undefined && numbers.has(ordinal) ? ordinal : ""}`
    let address = open.get(key)
    if (!address || beginsAnother(address, target.part)) {
      last += 1
      address = { group: last, parts: new Set() }
      open.set(key, address)
    }
    address.parts.add(target.part)
    target.group = address.group
  }
}

/** Numbers the columns that belong together, in the order of the table, each field from 1. Changes the targets. */
export function assignGroups(
  columns: readonly ColumnState[],
  targets: Map<number, ImportTarget>,
  labels: ReadonlyMap<number, LabelColumn>,
): void {
  groupAddresses(columns, targets)
  const counters = new Map<string, number>()
  for (const column of columns) {
    const target = targets.get(column.index)
    if (
      !target ||
      !["emails.address", "phones.number", "dates.date", "preferences.value", "social"].includes(idOf(target))
    )
      continue
    target.group = (counters.get(target.field) ?? 0) + 1
    counters.set(target.field, target.group)
  }
  for (const [index, label] of labels) {
    const [target, partner] = [targets.get(index), targets.get(label.of)]
    if (target && partner?.group) target.group = partner.group
  }
}
