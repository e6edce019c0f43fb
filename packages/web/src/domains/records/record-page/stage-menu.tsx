import { lifecycleStages } from "@regulars/contract/domains/people.ts"
import type { EntityName } from "@regulars/contract/entities.ts"
import { IconChevronDown } from "@tabler/icons-react"
import { useLabels, useT } from "../../../lib/i18n.tsx"
import type { AnyRecord } from "../../../lib/records.ts"
import { Chip } from "../../../ui/chip.tsx"
import { choiceLook } from "../../../ui/fields/choice-look.ts"
import { Menu } from "../../../ui/menu.tsx"
import { useErrorToast } from "../../../ui/toast.tsx"
import { usePatchWithUndo } from "../use-patch-with-undo.ts"
import styles from "./record-header.module.css"

interface StageMenuProps {
  entity: EntityName
  record: AnyRecord
  readOnly: boolean
}
/** How far the relationship has come, and the menu which moves it on. */
export function StageMenu({ entity, record, readOnly }: StageMenuProps) {
  const t = useT()
  const labels = useLabels(entity)
  const showError = useErrorToast()
  const save = usePatchWithUndo(entity)
  const stage = record.lifecycleStage as string | null
  const label = stage ? labels.choice("lifecycleStage", stage) : labels.field("lifecycleStage")
  const chip = <Chip {...(stage ? choiceLook("lifecycleStage", stage) : {})}>{label}</Chip>
  if (readOnly) return stage ? chip : null
  function move(next: string | null) {
    const text = `${labels.field("lifecycleStage")}: ${next ? labels.choice("lifecycleStage", next) : t("state.none")}`
    const { id, version } = record
    save({ id, version, changes: { lifecycleStage: next }, before: { lifecycleStage: stage } }, text).catch(
      showError,
    )
  }
  return (
    <Menu
      position="bottom-start"
      target={
        <button
          type="button"
          className={styles.stage}
          aria-label={t("action.editNamed", { name: `${labels.field("lifecycleStage")}, ${label}` })}
        >
          {chip}
          <IconChevronDown size={14} stroke={1.5} />
        </button>
      }
      groups={[
        {
          heading: labels.field("lifecycleStage"),
          entries: lifecycleStages.map((choice) => ({
            id: choice,
            label: labels.choice("lifecycleStage", choice),
            icon: choiceLook("lifecycleStage", choice).icon,
            checked: choice === stage,
            run: () => choice !== stage && move(choice),
          })),
        },
        ...(stage
          ? [{ entries: [{ id: "none", label: t("input.link.clear"), run: () => move(null) }] }]
          : []),
      ]}
    />
  )
}
