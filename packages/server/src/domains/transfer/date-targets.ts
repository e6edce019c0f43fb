import type { ImportTarget } from "@regulars/contract/domains/transfer.endpoints.ts"

const dateTargets = [
  "birthday",
  "dates.date",
  "createdAt",
  "consent.optIn",
  "consent.optOut",
  "consent.optInDate",
  "consent.optOutDate",
]

/** Whether cells of this target are read as dates, so that the order of day and month matters. */
export function isDateTarget({ field, part }: ImportTarget): boolean {
  return dateTargets.includes(part === undefined ? field : `${field}.${part}`)
}
