import type { EntityName } from "@regulars/contract/entities.ts"
import { type EntityDeclaration, isWritable } from "@regulars/contract/kernel/entity.ts"
import type { Choice, Field } from "@regulars/contract/kernel/fields.ts"
import { IconChevronDown } from "@tabler/icons-react"
import { titleOf } from "../../../lib/format.ts"
import { useLabels, useT } from "../../../lib/i18n.tsx"
import { type AnyRecord, declarationOf } from "../../../lib/records.ts"
import { Chip } from "../../../ui/chip.tsx"
import { choiceLook } from "../../../ui/fields/choice-look.ts"
import { Menu } from "../../../ui/menu.tsx"
import { useErrorToast } from "../../../ui/toast.tsx"
import { useAsked } from "../use-asked.tsx"
import { usePatchWithUndo } from "../use-patch-with-undo.ts"
import styles from "./record-header.module.css"

interface StageMenuProps {
  entity: EntityName
  record: AnyRecord
  readOnly: boolean
}
/** The field that says how far a record has come: the lifecycle of people and companies, a stage of a pipeline. */
export function stageField({ fields }: EntityDeclaration): string | undefined {
  if ("lifecycleStage" in fields) return "lifecycleStage"
  return Object.keys(fields).find((key) => (fields[key] as Partial<Choice>).choiceGroup !== undefined)
}

/** How far a record has come, and the menu which moves it on. */
export function StageMenu({ entity, record, readOnly }: StageMenuProps) {
  const t = useT()
  const labels = useLabels(entity)
  const showError = useErrorToast()
  const patch = usePatchWithUndo(entity)
  const { change, dialog } = useAsked(entity)
  const declaration = declarationOf(entity)
  const key = stageField(declaration) ?? ""
  const field = declaration.fields[key] as Field & Choice
  const stage = record[key] as string | null
  const label = stage ? labels.choice(key, stage) : labels.field(key)
  const chip = <Chip {...(stage ? choiceLook(key, stage, field) : {})}>{label}</Chip>
  if (readOnly || !isWritable(field)) return stage ? chip : null
  function move(next: string | null) {
    const text = `${labels.field(key)}: ${next ? labels.choice(key, next) : t("state.none")}`
    const { id, version } = record
    const name = titleOf(record, declaration.title) || t("state.unnamed")
    const given = { id, version, changes: { [key]: next }, before: { [key]: stage } }
    change(given, name, (one) => patch(one, text)).catch(showError)
  }
  const byGroup = Map.groupBy(field.choices, (choice) => field.choiceGroups?.[choice])
  const groups = [...byGroup].map(([group, choices]) => ({
    heading: group && byGroup.size > 1 ? labels.choice(field.choiceGroup ?? "", group) : labels.field(key),
    entries: choices.map((choice) => ({
      id: choice,
      label: labels.choice(key, choice),
      icon: choiceLook(key, choice, field).icon,
      checked: choice === stage,
      run: () => choice !== stage && move(choice),
    })),
  }))
  const none = { id: "none", label: t("input.link.clear"), run: () => move(null) }
  return (
    <>
      <Menu
        position="bottom-start"
        target={
          <button
            type="button"
            className={styles.stage}
            aria-label={t("action.editNamed", { name: `${labels.field(key)}, ${label}` })}
          >
            {chip}
            <IconChevronDown size={14} stroke={1.5} />
          </button>
        }
        groups={stage && !field.required ? [...groups, { entries: [none] }] : groups}
      />
      {dialog}
    </>
  )
}
