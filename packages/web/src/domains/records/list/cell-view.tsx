import type {
  Field,
  ItemField,
  MoneyValue,
  MonthDay,
  RecordReference,
} from "@regulars/contract/kernel/fields.ts"
import type { Formats } from "@regulars/locales/formats.ts"
import type { Translate } from "@regulars/locales/runtime.ts"
import { IconMail, IconPhone } from "@tabler/icons-react"
import type { ReactNode } from "react"
import { addressLines } from "../../../lib/address.ts"
import { entityOfSubject } from "../../../lib/declarations.ts"
import {
  exactDay,
  exactInstant,
  formatDay,
  formatInstant,
  formatMonthDay,
  formatTime,
} from "../../../lib/format.ts"
import type { Labels } from "../../../lib/i18n.tsx"
import { formatPhone } from "../../../lib/phone.ts"
import { Chip, TagChip } from "../../../ui/chip.tsx"
import { placesOf } from "../../../ui/display.tsx"
import { choiceLook } from "../../../ui/fields/choice-look.ts"
import { isEmptyValue } from "../../../ui/fields/is-empty.ts"
import { dialLink, type Item, inOrder, mainPart } from "../../../ui/fields/list-items.ts"
import styles from "./grid.module.css"

/** What turning values into text needs; made once for a whole grid. */
export interface CellTexts {
  t: Translate
  formats: Formats
  labels: Labels
  nameOf: (target: string, id: string) => string | undefined
}

/**
 * A value in one line. Lighter than `FieldView`: hundreds are in sight at once, and nothing inside may take the
 * focus away from its cell.
 */
export function cellView(
  path: string,
  field: Field | ItemField,
  value: unknown,
  texts: CellTexts,
): ReactNode {
  if (isEmptyValue(value)) return null
  if (field.type === "choice")
    return <Chip {...choiceLook(path, String(value), field)}>{texts.labels.choice(path, String(value))}</Chip>
  if (field.type === "choices")
    return (
      <span className={styles.chips}>
        {(value as string[]).map((choice) => (
          <Chip key={choice} {...choiceLook(path, choice, field)}>
            {texts.labels.choice(path, choice)}
          </Chip>
        ))}
      </span>
    )
  if (field.type === "tags")
    return (
      <span className={styles.chips}>
        {(value as string[]).map((tag) => (
          <TagChip key={tag} tag={tag} />
        ))}
      </span>
    )
  if (field.type === "list") {
    const [first = {}, ...others] = inOrder(value as Item[])
    const text = itemText(path, field, first, texts)
    return (
      <>
        <span className={styles.text}>{text}</span>
        {others.length > 0 && <span className={styles.more}>+{others.length}</span>}
        <Dial path={path} item={first} text={text} t={texts.t} />
      </>
    )
  }
  const text = plainText(path, field, value, texts)
  return (
    <span className={styles.text} title={exact(field, value, texts.formats) ?? text}>
      {text}
    </span>
  )
}
/** Calls or writes without leaving the list; by keyboard from the side peek. */
function Dial({ path, item, text, t }: { path: string; item: Item; text: string; t: Translate }) {
  const href = dialLink(path, item)
  const Mark = path === "phones" ? IconPhone : IconMail
  const label = t(path === "phones" ? "action.call" : "action.mail", { name: text })
  return (
    href && (
      <a className={styles.dial} href={href} tabIndex={-1} aria-label={label} title={label}>
        <Mark size={16} stroke={1.5} />
      </a>
    )
  )
}
function exact(field: Field | ItemField, value: unknown, formats: Formats): string | undefined {
  if (field.type === "dateTime") return exactInstant(String(value), formats)
  return field.type === "date" ? exactDay(String(value), formats) : undefined
}

/** A value as text, for cells, print and labels. */
export function plainText(path: string, field: Field | ItemField, value: unknown, texts: CellTexts): string {
  if (isEmptyValue(value)) return ""
  const { t, formats, labels, nameOf } = texts
  const text = String(value)
  switch (field.type) {
    case "integer":
    case "number":
      return formats.number(Number(value), placesOf("decimals" in field ? field.decimals : undefined))
    case "percent":
      return formats.number(Number(value) / 100, { style: "percent", maximumFractionDigits: 4 })
    case "money":
      return formats.money(value as MoneyValue)
    case "rating":
      return `${text} / ${field.max ?? 5}`
    case "date":
      return formatDay(text, t, formats)
    case "dateTime":
      return formatInstant(text, t, formats)
    case "time":
      return formatTime(text, formats)
    case "monthDay":
      return formatMonthDay(value as MonthDay, formats)
    case "boolean":
      return t(value ? "state.yes" : "state.no")
    case "choice":
      return labels.choice(path, text)
    case "choices":
      return (value as string[]).map((choice) => labels.choice(path, choice)).join(", ")
    case "country":
      return formats.nameOf("region", text)
    case "language":
      return formats.nameOf("language", text)
    case "phone":
      return formatPhone({ number: text }, formats)
    case "link":
      return nameOf(field.target, text) ?? "…"
    case "links":
      return (value as RecordReference[])
        .map(({ type, id }) => nameOf(entityOfSubject(type)?.name ?? "members", id) ?? "…")
        .join(", ")
    case "tags":
      return (value as string[]).join(", ")
    case "map":
      return Object.entries(value as Record<string, string>)
        .map(([key, part]) => `${key}: ${part}`)
        .join(" · ")
    case "list":
      return inOrder(value as Item[])
        .map((item) => itemText(path, field, item, texts))
        .join(", ")
    default:
      return text
  }
}
function itemText(
  path: string,
  field: Extract<Field, { type: "list" }>,
  item: Item,
  texts: CellTexts,
): string {
  if ("street" in field.item) return addressLines(item).join(", ")
  if ("raw" in field.item) return formatPhone(item, texts.formats)
  const main = mainPart(field)
  const part = field.item[main]
  return part ? plainText(`${path}.${main}`, part, item[main] ?? item[field.key], texts) : ""
}
