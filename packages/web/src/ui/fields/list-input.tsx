import type { Field, ItemField, List } from "@regulars/contract/kernel/fields.ts"
import { IconPlus, IconStar, IconStarFilled, IconX } from "@tabler/icons-react"
import { useId, useState } from "react"
import { useLabels, useT } from "../../lib/i18n.tsx"
import { Button, IconButton } from "../button.tsx"
import styles from "./fields.module.css"
import { canPrefer, cleanItems, editableParts, type Item, isBlank, mainPart, prefer } from "./list-items.ts"
import { SimpleInput } from "./simple-input.tsx"

interface ListInputProps {
  entity: string
  fieldKey: string
  field: Field & List
  value: readonly Item[]
  onChange: (value: Item[], problem?: string) => void
  ariaLabel: string
  autoFocus?: boolean
}
interface Row {
  item: Item
  problems: Record<string, string | undefined>
}
const suggestedLabels = ["work", "home", "mobile", "billing", "delivery", "other"] as const

/** Edits all entries of a list field: e-mail addresses, phones, addresses, jobs, consents. */
export function ListInput({
  entity,
  fieldKey,
  field,
  value,
  onChange,
  ariaLabel,
  autoFocus,
}: ListInputProps) {
  const t = useT()
  const labels = useId()
  const [rows, setRows] = useState<Row[]>(() =>
    (value.length > 0 ? value : [{}]).map((item) => ({ item, problems: {} })),
  )
  function change(next: Row[]) {
    setRows(next)
    const items = cleanItems(
      field,
      next.map((row) => row.item),
    )
    onChange(items, firstProblem(field, next))
  }
  const setPart = (index: number, part: string, partValue: unknown, problem?: string) =>
    change(
      rows.map((row, place) =>
        place === index
          ? { item: { ...row.item, [part]: partValue }, problems: { ...row.problems, [part]: problem } }
          : row,
      ),
    )
  const parts = editableParts(field)
  const isSmall = parts.length <= 2
  return (
    <fieldset className={styles.rows} aria-label={ariaLabel}>
      <datalist id={labels}>
        {suggestedLabels.map((label) => (
          <option key={label} value={t(`label.${label}`)} />
        ))}
      </datalist>
      {rows.map((row, index) => (
        <div key={row.item.id ?? `new${index}`} className={isSmall ? styles.item : styles.card}>
          <div className={isSmall ? (parts.length === 2 ? styles.itemParts : undefined) : styles.cardParts}>
            {parts.map(([part, item]) => (
              <ItemPart
                key={part}
                owner={{ entity, fieldKey, labelled: !isSmall, labels }}
                part={part}
                item={item}
                row={row}
                autoFocus={autoFocus && index === 0 && part === mainPart(field)}
                onChange={(partValue, problem) => setPart(index, part, partValue, problem)}
              />
            ))}
          </div>
          <span>
            {canPrefer(field) && rows.length > 1 && (
              <IconButton
                icon={row.item.preferred === true ? IconStarFilled : IconStar}
                active={row.item.preferred === true}
                aria-pressed={row.item.preferred === true}
                label={t(row.item.preferred === true ? "input.isPreferred" : "input.makePreferred", {
                  name: String(row.item[mainPart(field)] ?? ""),
                })}
                onClick={() => {
                  const items = prefer(
                    rows.map((other) => other.item),
                    index,
                  )
                  change(rows.map((other, place) => ({ ...other, item: items[place] ?? other.item })))
                }}
              />
            )}
            <IconButton
              icon={IconX}
              label={t("action.removeNamed", { name: String(row.item[mainPart(field)] ?? "") })}
              onClick={() => change(rows.toSpliced(index, 1))}
            />
          </span>
        </div>
      ))}
      {rows.length < (field.max ?? 50) && (
        <div>
          <Button
            kind="subtle"
            icon={IconPlus}
            onClick={() => setRows([...rows, { item: {}, problems: {} }])}
          >
            {t("action.add")}
          </Button>
        </div>
      )}
    </fieldset>
  )
}

/** The first thing wrong in entries that are not blank: a fault in a part, or a needed part left out. */
function firstProblem(field: List, rows: readonly Row[]): string | undefined {
  for (const { item, problems } of rows) {
    if (isBlank(field, item) && Object.values(problems).every((problem) => !problem)) continue
    const fault = Object.values(problems).find(Boolean)
    if (fault) return fault
    const missing = Object.entries(field.item).some(
      ([part, declared]) =>
        declared.required && (item[part] === null || item[part] === undefined || item[part] === ""),
    )
    if (missing) return "required"
  }
  return undefined
}

interface ItemPartProps {
  owner: { entity: string; fieldKey: string; labelled: boolean; labels: string }
  part: string
  item: ItemField
  row: Row
  autoFocus?: boolean
  onChange: (value: unknown, problem?: string) => void
}
function ItemPart({ owner, part, item, row, autoFocus, onChange }: ItemPartProps) {
  const labels = useLabels(owner.entity)
  const label = labels.item(owner.fieldKey, part)
  // Nobody is told off in the middle of typing.
  const [left, setLeft] = useState(false)
  const input = (
    <SimpleInput
      entity={owner.entity}
      fieldKey={`${owner.fieldKey}.${part}`}
      field={{ ...item, required: false } as Field}
      value={row.item[part] ?? null}
      ariaLabel={label}
      placeholder={owner.labelled ? undefined : label}
      suggestions={part === "label" ? owner.labels : undefined}
      autoFocus={autoFocus}
      problem={left ? row.problems[part] : undefined}
      onChange={onChange}
    />
  )
  // biome-ignore lint/a11y/noStaticElementInteractions: only notices that its input was left
  const watched = <span onBlur={() => setLeft(true)}>{input}</span>
  if (!owner.labelled) return watched
  const wide = (item.max ?? 0) > 200
  return (
    // The input inside carries the same words as its accessible name.
    <span className={wide ? `${styles.partLabel} ${styles.wide}` : styles.partLabel}>
      <span aria-hidden="true">{label}</span>
      {watched}
    </span>
  )
}
