import { NativeSelect } from "@mantine/core"
import type { Import, ImportColumn } from "@regulars/contract/domains/transfer.endpoints.ts"
import { IconCheck, IconEye, IconQuestionMark } from "@tabler/icons-react"
import { useMemo } from "react"
import { useT } from "../../lib/i18n.tsx"
import { Chip } from "../../ui/chip.tsx"
import { Picker } from "../../ui/fields/picker.tsx"
import styles from "./import.module.css"
import { choicesFor, keyOf, placed, targetLabel } from "./targets.ts"
import type { ImportChange } from "./use-imports.ts"

/** From here on a proposal needs no second look. */
const sure = 0.8

/** Questions about a column that must be answered before the file can be read. */
export function openQuestions(column: ImportColumn): number {
  if (column.target?.field === "ignore") return 0
  const isOpen = column.ask && column.target === null
  return Number(isOpen) + Number(column.dateOrder === "ambiguous") + Number(column.decimal === "ambiguous")
}

interface RowProps {
  column: ImportColumn
  one: Import
  change: (body: ImportChange) => void
}
/** One column of the file: its values, where they go, and how they are to be read. */
export function ColumnRow({ column, one, change }: RowProps) {
  const t = useT()
  const { index, header, target } = column
  const name = header || t("import.map.unnamed", { number: index + 1 })
  const choices = useMemo(() => choicesFor(t, one.entity, column), [t, one.entity, column])
  const isUsed = target !== null && target.field !== "ignore"
  const set = (values: Omit<NonNullable<ImportChange["columns"]>[number], "index">) =>
    change({ columns: [{ index, ...values }] })
  function choose(key: string | null) {
    const chosen = choices.find((choice) => keyOf(choice.target) === key)
    if (chosen) set({ target: placed(chosen.target, column, one.columns) })
  }
  return (
    <tr className={isUsed ? undefined : styles.unused}>
      <th scope="row">{name}</th>
      <td>
        <ul className={styles.samples}>
          {column.samples.slice(0, 3).map((sample) => (
            <li key={sample} title={sample}>
              {sample}
            </li>
          ))}
        </ul>
      </td>
      <td className={styles.targetCell}>
        <Picker
          value={target && keyOf(target)}
          shown={target ? targetLabel(t, one.entity, target) : undefined}
          options={choices.map((choice) => ({
            value: keyOf(choice.target),
            label: choice.label,
            group: choice.group,
          }))}
          onChange={choose}
          ariaLabel={t("import.map.targetOf", { name })}
          placeholder={t(column.ask ? "import.map.choose" : "import.map.notImported")}
        />
        {isUsed && <ReadingQuestions column={column} name={name} set={set} />}
      </td>
      <td>
        <SureChip column={column} />
      </td>
      <td data-caption={isUsed ? t("import.map.existing") : undefined}>
        {isUsed && (
          <NativeSelect
            aria-label={t("import.map.existingOf", { name })}
            value={column.onUpdate}
            onChange={(event) =>
              set({ onUpdate: event.currentTarget.value === "fill" ? "fill" : "overwrite" })
            }
            data={[
              { value: "fill", label: t("import.map.fill") },
              { value: "overwrite", label: t("import.map.overwrite") },
            ]}
          />
        )}
      </td>
    </tr>
  )
}

function SureChip({ column }: { column: ImportColumn }) {
  const t = useT()
  if (column.ask && column.target === null)
    return (
      <Chip meaning="soon" icon={IconQuestionMark}>
        {t("import.map.choose")}
      </Chip>
    )
  if (column.target === null || column.target.field === "ignore") return null
  return column.ask || column.confidence < sure ? (
    <Chip meaning="info" icon={IconEye}>
      {t("import.map.look")}
    </Chip>
  ) : (
    <Chip meaning="good" icon={IconCheck}>
      {t("import.map.good")}
    </Chip>
  )
}

interface QuestionProps {
  column: ImportColumn
  name: string
  set: (values: { dateOrder?: "dmy" | "mdy"; decimal?: "," | "." }) => void
}
/** What the values alone do not tell: which of two numbers is the day, which sign begins the cents. */
function ReadingQuestions({ column, name, set }: QuestionProps) {
  const t = useT()
  const sample = column.samples[0] ?? ""
  const ordered = column.dateOrder === "dmy" || column.dateOrder === "mdy" || column.dateOrder === "ambiguous"
  return (
    <>
      {ordered && (
        <NativeSelect
          mt={6}
          label={t("import.map.dateOrder", { sample })}
          aria-label={t("import.map.dateOrderOf", { name })}
          value={column.dateOrder === "ambiguous" ? "" : (column.dateOrder ?? "")}
          error={column.dateOrder === "ambiguous" ? t("import.map.choose") : undefined}
          onChange={(event) => set({ dateOrder: event.currentTarget.value === "mdy" ? "mdy" : "dmy" })}
          data={[
            { value: "", label: t("import.map.choose"), disabled: true },
            ...(["dmy", "mdy"] as const).map((order) => ({
              value: order,
              label:
                column.suggestedDateOrder === order
                  ? t("import.map.probably", { choice: t(`import.map.${order}`) })
                  : t(`import.map.${order}`),
            })),
          ]}
        />
      )}
      {column.decimal && (
        <NativeSelect
          mt={6}
          label={t("import.map.decimal", { sample })}
          aria-label={t("import.map.decimalOf", { name })}
          value={column.decimal === "ambiguous" ? "" : column.decimal}
          error={column.decimal === "ambiguous" ? t("import.map.choose") : undefined}
          onChange={(event) => set({ decimal: event.currentTarget.value === "," ? "," : "." })}
          data={[
            { value: "", label: t("import.map.choose"), disabled: true },
            { value: ",", label: t("import.map.comma") },
            { value: ".", label: t("import.map.point") },
          ]}
        />
      )}
    </>
  )
}
