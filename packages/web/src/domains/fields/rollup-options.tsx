import { NativeSelect } from "@mantine/core"
import type { EntityName } from "@regulars/contract/entities.ts"
import { systemFields } from "@regulars/contract/kernel/entity.ts"
import { type Field, type Rollup, rollupSource } from "@regulars/contract/kernel/fields.ts"
import { choiceLabel, entityLabel, fieldLabel } from "@regulars/locales/labels.ts"
import { allEntities } from "../../lib/declarations.ts"
import { useT } from "../../lib/i18n.tsx"
import { declarationOf } from "../../lib/records.ts"
import { CurrencyInput } from "../../ui/fields/code-inputs.tsx"
import styles from "./fields-settings.module.css"
import type { FieldValues } from "./use-fields.ts"

interface RollupOptionsProps {
  entity: EntityName
  options: FieldValues["options"]
  onChange: (options: FieldValues["options"]) => void
  faultOf: (path: string) => string | undefined
}
const numbers: readonly Field["type"][] = ["integer", "number", "percent", "rating", "money"]
const days: readonly Field["type"][] = ["date", "dateTime"]
const askedOf: Record<Rollup["of"], readonly Field["type"][]> = {
  count: [],
  sum: numbers,
  min: [...numbers, ...days],
  max: numbers,
  latest: days,
}

/** Entity and field by which its records link to one of these. */
function linksTo(entity: EntityName): string[] {
  const names = allEntities().map(({ name }) => name as EntityName)
  return names.flatMap((name) =>
    Object.entries(declarationOf(name).fields).flatMap(([key, field]) => {
      const leads =
        (field.type === "link" && field.target === entity) ||
        (field.type === "links" && field.lookUp && field.targets.includes(entity))
      return leads ? [`${name}.${key}`] : []
    }),
  )
}
/** What a roll-up begins with: how many of the first that link to these. */
export function firstRollup(entity: EntityName): Rollup {
  const all = linksTo(entity)
  return { from: all.find((from) => from.startsWith("tasks.")) ?? all[0] ?? "", of: "count" }
}
function fieldsOf(source: EntityName, of: Rollup["of"]): string[] {
  const declared = Object.entries<Field>({ ...declarationOf(source).fields, ...systemFields })
  return declared.flatMap(([key, field]) =>
    askedOf[of].includes(field.type) && !field.formula && !field.rollup && field.filter !== false
      ? [key]
      : [],
  )
}

/** Of which records a roll-up is made, and what of them. */
export function RollupOptions({ entity, options, onChange, faultOf }: RollupOptionsProps) {
  const t = useT()
  const rollup = options.rollup ?? firstRollup(entity)
  const name = rollupSource(rollup).entity as EntityName
  const source = declarationOf(name)
  const put = (changes: Partial<Rollup>) => onChange({ ...options, rollup: { ...rollup, ...changes } })
  const ask = (of: Rollup["of"], from = rollup.from) => {
    const [field] = fieldsOf(rollupSource({ from, of }).entity as EntityName, of)
    const { where } = rollup
    const keeps = where && from.startsWith(`${name}.`)
    onChange({ ...options, rollup: { from, of, ...(field && { field }), ...(keeps && { where }) } })
  }
  const asked = (Object.keys(askedOf) as Rollup["of"][]).filter(
    (of) => of === "count" || fieldsOf(name, of).length > 0,
  )
  const conditions = Object.entries(source.fields).flatMap(([key, field]) =>
    field.type === "choice"
      ? field.choices.map((choice) => ({
          value: `${key}=${choice}`,
          label: `${fieldLabel(t, source, key)}: ${choiceLabel(t, source, key, choice)}`,
        }))
      : [],
  )
  const isMoney = rollup.field !== undefined && source.fields[rollup.field]?.type === "money"
  return (
    <>
      <NativeSelect
        label={t("settings.fields.rollup.from")}
        value={rollup.from}
        error={faultOf("options.rollup.from")}
        data={linksTo(entity).map((from) => {
          const link = rollupSource({ from, of: "count" })
          const linking = declarationOf(link.entity as EntityName)
          return {
            value: from,
            label: `${entityLabel(t, linking)} – ${fieldLabel(t, linking, link.key)}`,
          }
        })}
        onChange={(event) => ask("count", event.currentTarget.value)}
      />
      <NativeSelect
        label={t("settings.fields.rollup.of")}
        value={rollup.of}
        data={asked.map((of) => ({ value: of, label: t(`settings.fields.rollup.of.${of}`) }))}
        onChange={(event) => ask(event.currentTarget.value as Rollup["of"])}
      />
      {rollup.of !== "count" && (
        <NativeSelect
          label={t("settings.fields.rollup.field")}
          value={rollup.field ?? ""}
          error={faultOf("options.rollup.field")}
          data={fieldsOf(name, rollup.of).map((key) => ({ value: key, label: fieldLabel(t, source, key) }))}
          onChange={(event) => put({ field: event.currentTarget.value })}
        />
      )}
      {isMoney && (
        <div>
          <div className={styles.label}>{t("settings.workspace.currency")}</div>
          <CurrencyInput
            ariaLabel={t("settings.workspace.currency")}
            value={options.currency ?? null}
            onChange={(currency: string | null) => onChange({ ...options, currency: currency ?? undefined })}
          />
        </div>
      )}
      <NativeSelect
        label={t("settings.fields.rollup.where")}
        description={t("settings.fields.rollup.hint")}
        inputWrapperOrder={["label", "input", "description", "error"]}
        value={rollup.where ? `${rollup.where.field}=${rollup.where.isAnyOf[0]}` : ""}
        error={faultOf("options.rollup.where")}
        data={[{ value: "", label: t("settings.fields.rollup.where.all") }, ...conditions]}
        onChange={({ currentTarget: { value } }) => {
          const [field = "", choice = ""] = value.split("=")
          put({ where: value === "" ? undefined : { field, isAnyOf: [choice] } })
        }}
      />
    </>
  )
}
