import type { ImportTarget } from "@regulars/contract/domains/transfer.endpoints.ts"
import type { Assignment } from "./assign.ts"
import type { ColumnState } from "./candidates.ts"
import { type Entity, idOf, targetFrom } from "./targets.ts"

const NETWORKS = ["linkedin", "facebook", "instagram", "xing", "tiktok", "youtube", "twitter"]
const CONSENT_CHANNELS: [string, readonly string[]][] = [
  ["sms", ["sms", "text"]],
  ["chat", ["whatsapp"]],
  ["phone", ["phone", "call", "calls", "anruf", "anrufe", "anrufen", "llamar"]],
  ["post", ["mailing", "brief"]],
]

const wordsIn = (column: ColumnState) =>
  new Set(column.match.parsed.tokens.flatMap((token) => [token.text, ...token.candidates.keys()]))

function networkOf(column: ColumnState): string {
  const words = wordsIn(column)
  const named =
    NETWORKS.find((network) => words.has(network)) ??
    (words.has("insta") ? "instagram" : words.has("x") ? "twitter" : undefined)
  if (named) return named
  const hosts = NETWORKS.filter(
    (network) =>
      column.profile.values.filter((value) => value.toLowerCase().includes(`${network}.com`)).length * 2 >
      column.profile.values.length,
  )
  return hosts[0] ?? "website"
}

function channelOf(column: ColumnState): string {
  const words = wordsIn(column)
  return CONSENT_CHANNELS.find(([, names]) => names.some((name) => words.has(name)))?.[0] ?? "email"
}

/** The name under which values without a field of their own are kept. */
export const preferenceKey = (column: Pick<ColumnState, "header" | "index">): string =>
  column.header.trim().slice(0, 200) || `Column ${column.index + 1}`

function addressLabel(address: string | undefined, entity: Entity): string | undefined {
  if (address === "billing") return entity === "companies" ? "work" : undefined
  if (address === "shipping") return "other"
  return address === "mailing" ? undefined : address
}

function phoneLabel(column: ColumnState): string | undefined {
  return column.match.labels.label ?? (column.match.labels.isCompany ? "work" : undefined)
}

/** The target of one column, with its label and key, but still without its group. */
export function buildTarget(column: ColumnState, assignment: Assignment, entity: Entity): ImportTarget {
  const target = targetFrom(assignment.targetId)
  const { labels } = column.match
  let label = assignment.label
  if (target.field === "preferences" && target.part !== "key") target.key = preferenceKey(column)
  else if (idOf(target) === "emails.address")
    label ??= labels.label === "mobile" || labels.label === "fax" ? undefined : labels.label
  else if (idOf(target) === "phones.number") label ??= phoneLabel(column)
  else if (target.field === "addresses") label ??= addressLabel(labels.address, entity)
  else if (idOf(target) === "social") label ??= networkOf(column)
  else if (idOf(target) === "dates.date") label ??= column.header.trim().slice(0, 80)
  else if (target.field === "consent") label ??= channelOf(column)
  if (label) target.label = label
  return target
}
