import type { EntityDeclaration } from "@regulars/contract/kernel/entity.ts"
import type { Field, ItemField } from "@regulars/contract/kernel/fields.ts"
import { fold } from "@regulars/contract/kernel/fold.ts"
import type { Values } from "./columns.ts"

/** Longest value kept for look-up; a b-tree entry has a limit, and nobody looks up more. */
const longest = 500
const mostWords = 6

/** How one value is compared: folded text, an address in lower case, the digits of a number, an id. */
export function lookUpForm(type: (Field | ItemField)["type"], value: string): string {
  if (type === "link" || type === "file") return value.toLowerCase()
  if (type === "phone") return value.replace(/[^\d+]/g, "").slice(0, longest)
  return fold(value).slice(0, longest)
}

/** Values by which a record is found through `record_values`, without repeats: pairs of field and value. */
export function lookUpValues(entity: EntityDeclaration, record: Values): { field: string; value: string }[] {
  const found = new Map<string, { field: string; value: string }>()
  for (const [key, field] of Object.entries(entity.fields)) {
    if (!field.lookUp) continue
    for (const value of rawValues(field, record[key])) {
      if (value !== "") found.set(`${key}\n${value}`, { field: key, value })
      if (key !== entity.title) continue
      for (const word of laterWords(value)) found.set(`\n${word}`, { field: wordField(entity), value: word })
    }
  }
  return [...found.values()]
}

/** Under this field stand the further words of a name, so that a family name is found by its beginning. */
export function wordField(entity: EntityDeclaration): string {
  return `${entity.title}.word`
}
function laterWords(name: string): string[] {
  const words = name.split(/[^\p{L}\p{N}]+/u).filter((word) => word.length > 1)
  return words.slice(1, 1 + mostWords)
}

function rawValues(field: Field, value: unknown): string[] {
  if (value === null || value === undefined) return []
  if (field.type === "list") {
    const part = field.item[field.key]
    const type = part?.type ?? "text"
    return (value as Values[]).flatMap((item) => {
      const own = item[field.key] ?? (type === "phone" ? item.raw : undefined)
      return typeof own === "string" ? [lookUpForm(type, own)] : []
    })
  }
  if (field.type === "links") return (value as { id: string }[]).map((reference) => reference.id)
  if (field.type === "files") return value as string[]
  if (field.type === "tags") return (value as string[]).map((tag) => lookUpForm("text", tag))
  return typeof value === "string" ? [lookUpForm(field.type, value)] : []
}

/** Text under which a record is found by typing: title, line below it, and everything searchable, folded. */
export function searchEntry(
  entity: EntityDeclaration,
  record: Values,
): { title: string; subtitle: string | null; body: string } {
  const words: string[] = []
  for (const [key, field] of Object.entries(entity.fields)) {
    if (field.search) words.push(...textsOf(field, record[key]))
  }
  const shown = (key: string): string | undefined => {
    const field = entity.fields[key]
    return field ? textsOf(field, record[key])[0] : undefined
  }
  const subtitles = (entity.subtitle ?? []).map(shown).filter((text) => text !== undefined)
  const title = shown(entity.title) ?? subtitles.shift() ?? ""
  return {
    title: title.slice(0, 300),
    subtitle: subtitles[0]?.slice(0, 300) ?? null,
    body: fold(words.join(" ")).slice(0, 10_000),
  }
}

function textsOf(field: Field, value: unknown): string[] {
  if (value === null || value === undefined) return []
  if (typeof value === "string") return value === "" ? [] : [value]
  if (field.type === "tags") return value as string[]
  if (field.type === "map") return Object.values(value as Record<string, string>)
  if (field.type === "list") {
    const keys = Object.entries(field.item)
      .filter(
        ([key, item]) =>
          key !== "label" &&
          (item.type === "text" || item.type === "email" || item.type === "domain" || item.type === "phone"),
      )
      .map(([key]) => key)
    return (value as Values[]).flatMap(
      (item) =>
        keys.map((key) => item[key]).filter((text) => typeof text === "string" && text !== "") as string[],
    )
  }
  return []
}
