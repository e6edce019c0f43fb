import type { ImportTarget } from "@regulars/contract/domains/transfer.endpoints.ts"
import { type EntityDeclaration, fieldOf, systemFields } from "@regulars/contract/kernel/entity.ts"
import type { Field } from "@regulars/contract/kernel/fields.ts"
import { choiceLabel, fieldLabel, itemLabel } from "@regulars/locales/labels.ts"
import { languages, type Translate } from "@regulars/locales/runtime.ts"
import { translatorFor } from "@regulars/locales/server.ts"

/*
 * The columns of our own exports. A list is spread over numbered columns, a link stands as name and id:
 *   name · emails.1.address · emails.1.label · companyId.name · employments.1.title · … · companyId · id
 * or, with labels, "E-mail 1", "E-mail 1 – Label", "Company", … , "Company – ID", "ID". Ids come last: people
 * read names, the import reads ids, so that two companies of one name stay two.
 */
export interface OwnColumn {
  /** `part` of a link is "name"; inside a list it may be "companyId.name". */
  target: ImportTarget
  header: string
}

/** Most entries of one list that a header can number. */
const most = 100

interface Place {
  field: string
  part?: string
  group?: number
}
/** Columns of the fields, lists as wide as `widths` says. */
export function ownColumns(
  entity: EntityDeclaration,
  fields: readonly string[],
  widths: ReadonlyMap<string, number>,
  t: Translate | undefined,
): OwnColumn[] {
  const shown: Place[] = []
  const ids: Place[] = []
  for (const key of fields) {
    const field = fieldOf(entity, key)
    if (!field || key === "id") continue
    if (field.type === "link") {
      shown.push({ field: key, part: "name" })
      ids.push({ field: key })
    } else if (field.type === "list") {
      for (let group = 1; group <= (widths.get(key) ?? 0); group++) {
        for (const part of Object.keys(field.item)) {
          if (field.item[part]?.type === "link") {
            shown.push({ field: key, part: `${part}.name`, group })
            ids.push({ field: key, part, group })
          } else shown.push({ field: key, part, group })
        }
      }
    } else if (field.type === "links") {
      shown.push({ field: key, part: "name" })
      ids.push({ field: key })
    } else shown.push({ field: key })
  }
  const places = [...shown, ...ids, { field: "id" }]
  return places.map((target) => ({ target, header: t ? labelOf(entity, target, t) : keyOf(target) }))
}

function keyOf({ field, part, group }: Place): string {
  return [field, group, part].filter((piece) => piece !== undefined).join(".")
}
function labelOf(entity: EntityDeclaration, { field: key, part, group }: Place, t: Translate): string {
  if (key === "id") return "ID"
  const field = fieldOf(entity, key)
  const label = fieldLabel(t, entity, key)
  if (field?.type === "link" || field?.type === "links") return part === "name" ? label : `${label} – ID`
  if (field?.type !== "list" || part === undefined) return label
  const [itemPart = "", named] = part.split(".")
  const isId = field.item[itemPart]?.type === "link" && named === undefined
  const isKey = itemPart === field.key
  const own = isKey ? "" : ` – ${itemLabel(t, entity.name, key, itemPart)}`
  return `${label} ${group}${own}${isId ? " – ID" : ""}`
}

type Headers = ReadonlyMap<string, Place>
const headersByEntity = new WeakMap<EntityDeclaration, readonly Headers[]>()
/** Every header an export of this entity can have and what it stands for: once in keys, once in each language. */
function knownHeaders(entity: EntityDeclaration): readonly Headers[] {
  const known = headersByEntity.get(entity)
  if (known) return known
  const fields = [...Object.keys(entity.fields), ...Object.keys(systemFields)]
  const widths = new Map(
    Object.entries<Field>(entity.fields).flatMap(([key, field]) =>
      field.type === "list" ? [[key, Math.min(field.max ?? most, most)] as const] : [],
    ),
  )
  const styles = [undefined, ...languages.map((language) => translatorFor(language))].map(
    (t) =>
      new Map(ownColumns(entity, fields, widths, t).map(({ header, target }) => [header, target] as const)),
  )
  headersByEntity.set(entity, styles)
  return styles
}

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i
const dotted = /^[a-zA-Z]+\.(\d+\.)?[a-zA-Z.]+$/

/**
 * Which columns come from an export of ours, by index; undefined for a file from elsewhere. A column of our ids,
 * or headers such as "emails.1.address", give it away; columns that somebody added are not in the map.
 */
export function recogniseOwn(
  entity: EntityDeclaration,
  headers: readonly string[],
  samples: readonly (readonly string[])[],
): Map<number, ImportTarget> | undefined {
  const byStyle = knownHeaders(entity).map((known) =>
    headers.flatMap((header, index) => {
      const place = known.get(header)
      return place ? [[index, place] as const] : []
    }),
  )
  const found = new Map(byStyle.reduce((best, other) => (other.length > best.length ? other : best)))
  const idColumn = [...found].find(([, { field }]) => field === "id")?.[0]
  const ids =
    idColumn === undefined ? [] : samples.map((cells) => cells[idColumn] ?? "").filter((id) => id !== "")
  const hasIds = ids.length > 0 && ids.every((id) => uuid.test(id))
  const hasDotted = headers.filter((header, index) => found.has(index) && dotted.test(header)).length >= 2
  return hasIds || hasDotted ? found : undefined
}
/** Whether a target can be written by an import; the others tell what the product itself notes. */
export function isImportable(entity: EntityDeclaration, { field: key }: { field: string }): boolean {
  if (key === "id" || key === "createdAt") return true
  const field = entity.fields[key]
  return field !== undefined && field.readOnly !== true && field.transfer !== false
}

const choiceMaps = new WeakMap<EntityDeclaration, Map<string, ReadonlyMap<string, string>>>()
/** Labels of a choice in every language, and the values they stand for. `path` as in `choiceLabel`. */
export function choicesByLabel(
  entity: EntityDeclaration,
  path: string,
  choices: readonly string[],
): ReadonlyMap<string, string> {
  const maps = choiceMaps.get(entity) ?? new Map<string, ReadonlyMap<string, string>>()
  choiceMaps.set(entity, maps)
  const known = maps.get(path)
  if (known) return known
  const labels = languages.flatMap((language) =>
    choices.map((choice) => [choiceLabel(translatorFor(language), entity, path, choice), choice] as const),
  )
  const map = new Map(labels.reverse())
  maps.set(path, map)
  return map
}
export function isUuid(text: string): boolean {
  return uuid.test(text)
}
