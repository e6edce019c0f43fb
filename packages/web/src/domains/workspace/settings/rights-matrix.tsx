import { Checkbox } from "@mantine/core"
import {
  type EntityRights,
  type FieldLimit,
  fieldLimits,
  narrower,
  noEntityRights,
  type Reach,
  type Rights,
  reaches,
  recordActions,
} from "@regulars/contract/domains/rights.ts"
import type { EntityName } from "@regulars/contract/entities.ts"
import { useId, useState } from "react"
import { allEntities, wholeDeclarationOf } from "../../../lib/declarations.ts"
import { useLabels, useT } from "../../../lib/i18n.tsx"
import { Button } from "../../../ui/button.tsx"
import { NativeSelect } from "../../../ui/native-select.tsx"
import styles from "./roles.module.css"

interface MatrixProps {
  rights: Rights
  catalogue: { areas: readonly string[]; actions: readonly string[] }
  /** Absent where the rights are only shown. */
  onChange?: ((rights: Rights) => void) | undefined
}
/** What a role may do: a line for each kind of record, then the areas and actions. */
export function RightsMatrix({ rights, catalogue, onChange }: MatrixProps) {
  const t = useT()
  const setEntity = (name: string, own: EntityRights) =>
    onChange?.({ ...rights, entities: { ...rights.entities, [name]: own } })
  return (
    <div className={styles.matrix}>
      <section aria-label={t("settings.roles.records")}>
        <div className={styles.head} aria-hidden="true">
          <span>{t("settings.roles.records")}</span>
          <span>{t("rights.see")}</span>
          <span>{t("rights.create")}</span>
          <span>{t("rights.edit")}</span>
          <span>{t("rights.delete")}</span>
          <span>{t("rights.export")}</span>
          <span />
        </div>
        {allEntities().map(({ name }) => (
          <EntityLine
            key={name}
            entity={name as EntityName}
            rights={rights.entities[name] ?? noEntityRights}
            onChange={onChange && ((own) => setEntity(name, own))}
          />
        ))}
      </section>
      {(["areas", "actions"] as const).map((part) => (
        <Switches
          key={part}
          part={part}
          names={catalogue[part]}
          values={rights[part]}
          onChange={onChange && ((values) => onChange({ ...rights, [part]: values }))}
        />
      ))}
    </div>
  )
}

interface LineProps {
  entity: EntityName
  rights: EntityRights
  onChange?: ((rights: EntityRights) => void) | undefined
}
function EntityLine({ entity, rights, onChange }: LineProps) {
  const t = useT()
  const labels = useLabels(entity)
  const [opened, setOpened] = useState(false)
  const fieldsId = useId()
  const limited = Object.keys(rights.fields).length
  function setReach(action: (typeof recordActions)[number], reach: Reach) {
    const changed = { ...rights, [action]: reach }
    if (action === "see") {
      // Nothing reaches further than what is seen.
      for (const other of recordActions) changed[other] = narrower(changed[other], reach)
      if (reach === "none") changed.create = false
    }
    onChange?.(changed)
  }
  const select = (action: (typeof recordActions)[number]) => (
    <NativeSelect
      label={t(`rights.${action}`)}
      ariaLabel={`${labels.other}: ${t(`rights.${action}`)}`}
      value={rights[action]}
      disabled={!onChange}
      options={reaches
        .filter((reach) => action === "see" || narrower(reach, rights.see) === reach)
        .map((reach) => ({ value: reach, label: t(`rights.reach.${reach}`) }))}
      onChange={(reach) => setReach(action, reach as Reach)}
    />
  )
  return (
    <fieldset className={styles.line}>
      <legend className={styles.hiddenLegend}>{labels.other}</legend>
      <span className={styles.entity} aria-hidden="true">
        {labels.other}
      </span>
      {select("see")}
      <Checkbox
        className={styles.create}
        label={<span className={styles.narrow}>{t("rights.create")}</span>}
        aria-label={`${labels.other}: ${t("rights.create")}`}
        checked={rights.create}
        disabled={!onChange || rights.see === "none"}
        onChange={(event) => onChange?.({ ...rights, create: event.currentTarget.checked })}
      />
      {select("edit")}
      {select("delete")}
      {select("export")}
      <Button
        kind="subtle"
        aria-expanded={opened}
        aria-controls={fieldsId}
        onClick={() => setOpened(!opened)}
      >
        {t("settings.roles.fields", { count: limited })}
      </Button>
      {opened && (
        <div id={fieldsId} className={styles.fields}>
          <FieldLimits entity={entity} rights={rights} onChange={onChange} />
        </div>
      )}
    </fieldset>
  )
}

function FieldLimits({ entity, rights, onChange }: LineProps) {
  const t = useT()
  const labels = useLabels(entity)
  const { title, fields } = wholeDeclarationOf(entity)
  function setLimit(key: string, limit: string) {
    const { [key]: _, ...rest } = rights.fields
    onChange?.({ ...rights, fields: limit === "edit" ? rest : { ...rest, [key]: limit as FieldLimit } })
  }
  return Object.keys(fields).map((key) => (
    <NativeSelect
      key={key}
      always
      label={labels.field(key)}
      ariaLabel={labels.field(key)}
      value={rights.fields[key] ?? "edit"}
      disabled={!onChange}
      options={["edit", ...fieldLimits.toReversed()]
        // The name of a record can't be hidden.
        .filter((limit) => limit !== "hidden" || key !== title)
        .map((limit) => ({ value: limit, label: t(`rights.field.${limit as "edit" | FieldLimit}`) }))}
      onChange={(limit) => setLimit(key, limit)}
    />
  ))
}

interface SwitchesProps {
  part: "areas" | "actions"
  names: readonly string[]
  values: Readonly<Record<string, boolean>>
  onChange?: ((values: Record<string, boolean>) => void) | undefined
}
function Switches({ part, names, values, onChange }: SwitchesProps) {
  const t = useT()
  const id = useId()
  const labelOf = (name: string) => {
    const found =
      part === "areas" ? t.find(`rights.area.${name}`) : t.find(`rights.action.${name.replace(":", ".")}`)
    return found ?? name
  }
  return (
    <section aria-labelledby={id}>
      <h3 id={id} className={styles.title}>
        {t(`settings.roles.${part}`)}
      </h3>
      <div className={styles.switches}>
        {names.map((name) => (
          <Checkbox
            key={name}
            label={labelOf(name)}
            checked={values[name] === true}
            disabled={!onChange}
            onChange={(event) => onChange?.({ ...values, [name]: event.currentTarget.checked })}
          />
        ))}
      </div>
    </section>
  )
}
