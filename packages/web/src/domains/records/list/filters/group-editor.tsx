import { Popover } from "@mantine/core"
import type { EntityName } from "@regulars/contract/entities.ts"
import type { Filter } from "@regulars/contract/kernel/filter.ts"
import { IconPlus, IconX } from "@tabler/icons-react"
import { useState } from "react"
import { useT } from "../../../../lib/i18n.tsx"
import { Button, IconButton } from "../../../../ui/button.tsx"
import { ConditionEditor } from "./condition-editor.tsx"
import styles from "./filters.module.css"
import { type Group, groupOf, isComplete, isGroup, joinOf, partsOf } from "./model.ts"
import { SubjectPicker } from "./subject-picker.tsx"
import { Select } from "./time-input.tsx"

interface GroupEditorProps {
  entity: EntityName
  group: Group
  onChange: (group: Group) => void
  onRemove?: () => void
  /** Fields only, without groups inside: the other side of a connection. */
  plain?: boolean
  depth?: number
}
/** Deeper groups than this nobody can read any more; the language itself allows a few more. */
const deepest = 3

/** Conditions that hold together, all or any of them, and groups inside. */
export function GroupEditor({ entity, group, onChange, onRemove, plain, depth = 1 }: GroupEditorProps) {
  const t = useT()
  const [picking, setPicking] = useState(false)
  const parts = partsOf(group)
  const join = joinOf(group)
  const put = (next: Filter[]) => onChange(groupOf(join, next))
  const replace = (index: number, part: Filter) =>
    put(parts.map((old, place) => (place === index ? part : old)))
  const without = (index: number) => put(parts.filter((_, place) => place !== index))
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset would bring its own frame
    <div className={styles.group} role="group" aria-label={t(`filter.join.${join}`)}>
      {(parts.length > 1 || onRemove) && (
        <div className={styles.footer} style={{ margin: 0 }}>
          <span className={styles.inline}>
            {t("filter.builder.match")}
            <Select
              label={t("filter.join")}
              value={join}
              options={[
                ["all", t("filter.join.all")],
                ["any", t("filter.join.any")],
              ]}
              onChange={(next) => onChange(groupOf(next, parts))}
            />
          </span>
          {onRemove && <IconButton icon={IconX} label={t("filter.builder.removeGroup")} onClick={onRemove} />}
        </div>
      )}
      {parts.map((part, index) =>
        isGroup(part) ? (
          <GroupEditor
            // biome-ignore lint/suspicious/noArrayIndexKey: conditions have no name and stay in their places
            key={index}
            entity={entity}
            group={part}
            depth={depth + 1}
            onChange={(next) => replace(index, next)}
            onRemove={() => without(index)}
          />
        ) : (
          // biome-ignore lint/suspicious/noArrayIndexKey: conditions have no name and stay in their places
          <div key={index} className={styles.part}>
            <span>
              <ConditionEditor
                entity={entity}
                condition={part}
                wide={!plain}
                onChange={(next) => replace(index, next)}
              />
              {!isComplete(part) && <span className={styles.hint}>{t("filter.unfinished")}</span>}
            </span>
            <IconButton
              icon={IconX}
              label={t("filter.builder.removeCondition")}
              onClick={() => without(index)}
            />
          </div>
        ),
      )}
      <div className={styles.inline}>
        <Popover
          opened={picking}
          onChange={setPicking}
          position="bottom-start"
          width={320}
          trapFocus
          withinPortal
        >
          <Popover.Target>
            <span>
              <Button
                kind="subtle"
                icon={IconPlus}
                aria-haspopup="dialog"
                onClick={() => setPicking(!picking)}
              >
                {t("filter.builder.add")}
              </Button>
            </span>
          </Popover.Target>
          <Popover.Dropdown className={styles.panel}>
            {picking && (
              <SubjectPicker
                entity={entity}
                plain={plain}
                onPick={(condition) => {
                  put([...parts, condition])
                  setPicking(false)
                }}
              />
            )}
          </Popover.Dropdown>
        </Popover>
        {!plain && depth < deepest && (
          <Button
            kind="subtle"
            icon={IconPlus}
            onClick={() => put([...parts, groupOf(join === "all" ? "any" : "all", [])])}
          >
            {t("filter.builder.addGroup")}
          </Button>
        )}
      </div>
    </div>
  )
}
