import type {
  Field,
  ItemField,
  List,
  MoneyValue,
  MonthDay,
  RecordReference,
  RichText,
} from "@regulars/contract/kernel/fields.ts"
import { IconMail, IconPhone, IconStarFilled } from "@tabler/icons-react"
import type { ReactNode } from "react"
import { addressLines } from "../../lib/address.ts"
import { zoneLabel } from "../../lib/codes.ts"
import { formatMonthDay, formatTime } from "../../lib/format.ts"
import { useFormats, useLabels, useT } from "../../lib/i18n.tsx"
import { formatPhone, type Phone, usePhoneRules } from "../../lib/phone.ts"
import { Chip, ChipRow, TagChip } from "../chip.tsx"
import { CopyOnClick } from "../copy-on-click.tsx"
import { DayText, MoneyText, NumberText, RatingText, RelativeTime } from "../display.tsx"
import { RichTextView } from "../rich-text/rich-text-view.tsx"
import { choiceLook } from "./choice-look.ts"
import styles from "./fields.module.css"
import { FileLink } from "./file-input.tsx"
import { isEmptyValue } from "./is-empty.ts"
import { dialLink, type Item, inOrder, mainPart } from "./list-items.ts"
import { RecordChip, RecordName } from "./record-chip.tsx"

export { isEmptyValue }

export interface FieldViewProps {
  entity: string
  /** Key of the field, or `list.part` for a part of a list's entries. */
  fieldKey: string
  field: Field | ItemField
  value: unknown
  /** One line, for a cell of a table; else everything. */
  compact?: boolean
}

/** Shows the value of a declared field as people read it; nothing for an empty one. */
export function FieldView(props: FieldViewProps): ReactNode {
  const { field, value, compact } = props
  const formats = useFormats()
  const labels = useLabels(props.entity)
  const t = useT()
  if (isEmptyValue(value)) return null
  const text = String(value)
  switch (field.type) {
    case "integer":
    case "number":
    case "decimal":
      return <NumberText value={Number(value)} decimals={"decimals" in field ? field.decimals : undefined} />
    case "percent":
      return formats.number(Number(value) / 100, { style: "percent", maximumFractionDigits: 4 })
    case "money":
      return <MoneyText value={value as MoneyValue} />
    case "rating":
      return <RatingText value={Number(value)} most={field.max ?? 5} />
    case "date":
      return <DayText day={text} />
    case "time":
      return formatTime(text, formats)
    case "dateTime":
      return <RelativeTime at={text} />
    case "boolean":
      return t(value ? "state.yes" : "state.no")
    case "choice":
      return <Chip {...choiceLook(props.fieldKey, text, field)}>{labels.choice(props.fieldKey, text)}</Chip>
    case "choices":
      return (
        <ChipRow>
          {(value as string[]).map((choice) => (
            <Chip key={choice} {...choiceLook(props.fieldKey, choice, field)}>
              {labels.choice(props.fieldKey, choice)}
            </Chip>
          ))}
        </ChipRow>
      )
    case "country":
      return formats.nameOf("region", text)
    case "language":
      return formats.nameOf("language", text)
    case "zone":
      return zoneLabel(text)
    case "phone":
      return <PhoneText phone={{ number: text }} />
    case "email":
    case "domain":
      return <CopyOnClick text={text} />
    case "url":
      return (
        <a href={text} target="_blank" rel="noreferrer noopener" className={styles.nameLink}>
          {text.replace(/^https?:\/\/(www\.)?/i, "").replace(/\/$/, "")}
        </a>
      )
    case "link":
      return <RecordName target={field.target} id={text} />
    case "links":
      return (
        <ChipRow>
          {(value as RecordReference[]).map((reference) => (
            <RecordChip key={reference.id} reference={reference} />
          ))}
        </ChipRow>
      )
    case "tags":
      return (
        <ChipRow>
          {(value as string[]).map((tag) => (
            <TagChip key={tag} tag={tag} />
          ))}
        </ChipRow>
      )
    case "monthDay":
      return formatMonthDay(value as MonthDay, formats)
    case "map":
      return <MapView value={value as Record<string, string>} compact={compact} />
    case "list":
      return <ListView {...props} field={field} items={inOrder(value as Item[])} />
    case "file":
      return <FileLink id={text} />
    case "files":
      return (
        <span className={styles.entries}>
          {(value as string[]).map((id) => (
            <FileLink key={id} id={id} />
          ))}
        </span>
      )
    case "richText":
      return <RichTextView value={value as RichText} />
    default:
      return <span className={compact ? styles.oneLine : styles.long}>{text}</span>
  }
}

function MapView({ value, compact }: { value: Record<string, string>; compact?: boolean }) {
  const entries = Object.entries(value)
  if (compact)
    return (
      <span className={styles.oneLine}>{entries.map(([key, text]) => `${key}: ${text}`).join(" · ")}</span>
    )
  return (
    <dl className={styles.pairs}>
      {entries.map(([key, text]) => (
        <div key={key} style={{ display: "contents" }}>
          <dt>{key}</dt>
          <dd>{text}</dd>
        </div>
      ))}
    </dl>
  )
}

function ListView({
  entity,
  fieldKey,
  field,
  items,
  compact,
}: FieldViewProps & { field: List; items: Item[] }) {
  const t = useT()
  const [first] = items
  if (compact && first)
    return (
      <span className={`${styles.entry} ${styles.firstEntry}`}>
        <EntryView entity={entity} fieldKey={fieldKey} field={field} item={first} compact />
        {items.length > 1 && <span className={styles.more}>+{items.length - 1}</span>}
      </span>
    )
  return (
    <span className={styles.entries}>
      {items.map((item, index) => (
        <span key={item.id ?? index} className={styles.entry}>
          <EntryView entity={entity} fieldKey={fieldKey} field={field} item={item} />
          {item.preferred === true && items.length > 1 && (
            <IconStarFilled size={12} className={styles.starred} aria-label={t("input.isPreferred")} />
          )}
          <Dial fieldKey={fieldKey} item={item} />
        </span>
      ))}
    </span>
  )
}

/** One entry: its main part as its type is shown, further parts in words beside it. */
interface EntryViewProps extends Omit<FieldViewProps, "field" | "value"> {
  field: List
  item: Item
}
function EntryView({ entity, fieldKey, field, item, compact }: EntryViewProps) {
  const formats = useFormats()
  const labels = useLabels(entity)
  const main = mainPart(field)
  const declared = field.item[main]
  if (!declared) return null
  if (fieldKey === "addresses")
    return (
      <span className={compact ? styles.oneLine : styles.long}>{addressText(item, formats, compact)}</span>
    )
  const isPhone = main === "raw"
  const rest = Object.entries(field.item).filter(
    ([part, { type }]) =>
      // Amounts without a currency beside them say nothing.
      part !== main && part !== field.key && part !== "preferred" && part !== "wording" && type !== "amount",
  )
  return (
    <>
      {isPhone ? (
        <PhoneText phone={item} />
      ) : (
        <FieldView
          entity={entity}
          fieldKey={`${fieldKey}.${main}`}
          field={declared}
          value={item[main]}
          compact
        />
      )}
      {!compact &&
        rest
          .filter(([part, partField]) => !isEmptyValue(item[part]) && item[part] !== false && partField)
          .map(([part, partField]) => (
            <span key={part} className={styles.entryLabel}>
              {partField.type === "boolean" ? (
                labels.item(fieldKey, part)
              ) : (
                <PlainPart
                  entity={entity}
                  fieldKey={`${fieldKey}.${part}`}
                  field={partField}
                  value={item[part]}
                />
              )}
            </span>
          ))}
    </>
  )
}
function PhoneText({ phone }: { phone: Phone }) {
  const formats = useFormats()
  usePhoneRules()
  return <CopyOnClick text={String(phone.number ?? phone.raw)} shown={formatPhone(phone, formats)} />
}
/** A part beside the main one: choices in plain words, so that a line of several stays calm. */
function PlainPart(props: FieldViewProps) {
  const t = useT()
  const labels = useLabels(props.entity)
  if (props.field.type === "choice") return labels.choice(props.fieldKey, String(props.value))
  // An import writes the usual labels as "mobile" or "work", whatever the language.
  const usual = props.fieldKey.endsWith(".label") ? t.find(`label.${props.value}`) : undefined
  return usual ?? <FieldView {...props} compact />
}

/** Call or write at once, beside what can also be copied. */
function Dial({ fieldKey, item }: { fieldKey: string; item: Item }) {
  const t = useT()
  const href = dialLink(fieldKey, item)
  if (!href) return null
  const calls = fieldKey === "phones"
  const name = String((calls && item.raw) || item.number || item.address)
  const Mark = calls ? IconPhone : IconMail
  return (
    <a className={styles.dial} href={href} aria-label={t(calls ? "action.call" : "action.mail", { name })}>
      <Mark size={14} stroke={1.5} />
    </a>
  )
}

/** An address in lines, or in one. */
function addressText(item: Item, formats: ReturnType<typeof useFormats>, compact?: boolean): string {
  const country = item.country ? formats.nameOf("region", String(item.country)) : ""
  const lines = [...addressLines(item, { region: true }), country].filter((line) => line !== "")
  return lines.join(compact ? ", " : "\n")
}
