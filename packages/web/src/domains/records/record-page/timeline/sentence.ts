import type { Translate } from "@regulars/locales/runtime.ts"
import type { TimelineEntry } from "../../../../lib/timeline.ts"

/** Runs that bring many records at once and say so. */
const importing = ["import"]

/** Who did it: a member by name, a key by its name, the product itself, or someone who is gone. */
function actorName({ actor }: TimelineEntry, t: Translate): string {
  if (actor.type === "system") return t("event.actor.system")
  if (actor.name === null) return t("event.actor.unknown")
  return actor.type === "apiKey" ? t("event.actor.apiKey", { name: actor.name }) : actor.name
}

/** The records that became part of this one: by name as long as they are known, else their number. */
function othersOf({ data }: TimelineEntry, t: Translate): string {
  const merged = (data.merged ?? []) as string[]
  const names = (data.names ?? []) as string[]
  return names.length > 0 && names.length === merged.length
    ? names.map((name) => `“${name}”`).join(", ")
    : t("event.others", { count: merged.length })
}

/**
 * An entry as one sentence. `fields` are the labels of what changed, `name` what the record of the page is called. Falls back from the
 * words for imports and for the product's own doing to the plain ones.
 */
export function sentenceOf(
  entry: TimelineEntry,
  t: Translate,
  { fields, name }: { fields: string; name: string },
): string {
  const record = entry.data.record as Record<string, unknown> | undefined
  const values = {
    actor: actorName(entry, t),
    subject: entry.subjects[0]?.name ?? name,
    fields,
    title: String(record?.title ?? ""),
    kind: String(record?.kind ?? "other"),
    direction: String(record?.direction ?? "other"),
    other: othersOf(entry, t),
  }
  const id = entry.summary
  const isImport = importing.includes(String(entry.data.operationKind ?? ""))
  const variants = [
    ...(isImport ? [`${id}.import`] : []),
    ...(entry.actor.type === "system" ? [`${id}.system`] : []),
    id,
  ]
  for (const variant of variants) {
    const text = t.find(variant, values)
    if (text !== undefined) return text
  }
  return t("event.unknown", values)
}
