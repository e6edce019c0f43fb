import { Popover, TextInput } from "@mantine/core"
import type { EntityName } from "@regulars/contract/entities.ts"
import { type Filter, type Operator, operatorsOf } from "@regulars/contract/kernel/filter.ts"
import { operatorLabel } from "@regulars/locales/labels.ts"
import { IconPlus, IconX } from "@tabler/icons-react"
import { useState } from "react"
import { useT } from "../../../../lib/i18n.tsx"
import { declarationOf } from "../../../../lib/records.ts"
import { Button, IconButton } from "../../../../ui/button.tsx"
import styles from "./filters.module.css"
import {
  asGroup,
  type EventCondition,
  eventTextId,
  type Group,
  groupOf,
  isComplete,
  isField,
  isGroup,
  joinOf,
  partsOf,
  type RelatedCondition,
  type RelatedKind,
  relatedInner,
  relatedKind,
  relatedOf,
  relationsOf,
  subjectOf,
  usualWindow,
  withOperator,
} from "./model.ts"
import { pathLabel, relationLabel } from "./sentence.ts"
import { SubjectPicker } from "./subject-picker.tsx"
import { DurationInput, Select } from "./time-input.tsx"
import { ValueInput } from "./value-input.tsx"

interface ConditionEditorProps<F> {
  entity: EntityName
  condition: F
  onChange: (condition: Filter) => void
  /** Beside each other where there is room, else below each other. */
  wide?: boolean
}
/** Edits one condition of any kind: on a field, on what is connected, on what happened. */
export function ConditionEditor(props: ConditionEditorProps<Filter>) {
  const t = useT()
  const { entity, condition, onChange, wide } = props
  if ("event" in condition) return <EventEditor {...props} condition={condition} />
  if ("related" in condition) return <RelatedEditor {...props} condition={condition} />
  if ("search" in condition)
    return (
      <TextInput
        label={t("action.search")}
        value={condition.search}
        onChange={(event) => onChange({ search: event.currentTarget.value })}
      />
    )
  if (!isField(condition)) return null
  const declaration = declarationOf(entity)
  const subject = subjectOf(declaration, condition.field)
  if (!subject) return <span className={styles.subject}>{condition.field}</span>
  const operators = operatorsOf(subject.field)
  return (
    <div className={wide ? styles.line : styles.condition}>
      <span className={styles.subject}>{pathLabel(t, declaration, condition.field)}</span>
      <Select<Operator>
        label={t("filter.operator")}
        value={condition.op}
        options={operators.map((op) => [op, operatorLabel(t, subject.field.type, op)] as const)}
        onChange={(op) => onChange(withOperator(declaration, condition, op))}
      />
      <ValueInput
        key={condition.op}
        entity={declaration}
        condition={condition}
        subject={subject}
        onChange={(value) =>
          onChange(
            value === undefined
              ? { field: condition.field, op: condition.op }
              : { field: condition.field, op: condition.op, value },
          )
        }
      />
    </div>
  )
}

type Often = "atLeast" | "atMost" | "never"
function EventEditor({ condition, onChange }: ConditionEditorProps<EventCondition>) {
  const t = useT()
  const { event, count, within } = condition
  const often: Often = count?.atMost === 0 ? "never" : count?.atMost !== undefined ? "atMost" : "atLeast"
  const n = (often === "atMost" ? count?.atMost : count?.atLeast) ?? 1
  const put = (next: Often, times: number) =>
    onChange({
      ...condition,
      count: next === "never" ? { atMost: 0 } : next === "atMost" ? { atMost: times } : { atLeast: times },
    })
  return (
    <div className={styles.condition}>
      <span className={styles.subject}>{t.find(eventTextId(event)) ?? event}</span>
      <div className={styles.inline}>
        <Select<Often>
          label={t("filter.often")}
          value={often}
          options={[
            ["atLeast", t("filter.often.atLeast")],
            ["atMost", t("filter.often.atMost")],
            ["never", t("filter.often.never")],
          ]}
          onChange={(next) => put(next, Math.max(1, n))}
        />
        {often !== "never" && (
          <>
            <TextInput
              type="number"
              min={1}
              className={styles.number}
              aria-label={t("filter.when.number")}
              value={n}
              onChange={(change) =>
                put(often, Math.max(1, Math.round(Number(change.currentTarget.value)) || 1))
              }
            />
            {t("filter.often.times")}
          </>
        )}
      </div>
      <div className={styles.inline}>
        <Select
          label={t("filter.when")}
          value={within ? "last" : "any"}
          options={[
            ["last", t("filter.when.last")],
            ["any", t("filter.when.anyTime")],
          ]}
          onChange={(next) => onChange({ event, count, ...(next === "last" && { within: usualWindow }) })}
        />
        {within && (
          <DurationInput value={within} onChange={(next) => onChange({ ...condition, within: next })} />
        )}
      </div>
    </div>
  )
}

function RelatedEditor({ entity, condition, onChange }: ConditionEditorProps<RelatedCondition>) {
  const t = useT()
  const declaration = declarationOf(entity)
  const relation = relationsOf(declaration).find(({ name }) => name === condition.related)
  const kind = relatedKind(condition)
  const inner = asGroup(relatedInner(condition))
  const kinds: RelatedKind[] = kind === "every" ? ["some", "none", "every"] : ["some", "none"]
  return (
    <div className={styles.condition}>
      <span className={styles.subject}>{relationLabel(t, declaration, condition.related)}</span>
      <Select
        label={t("filter.related")}
        value={kind}
        options={kinds.map((name) => [name, t(`filter.related.kind.${name}`)] as const)}
        onChange={(next) => onChange(relatedOf(condition.related, next, inner))}
      />
      {relation && (
        <GroupEditor
          entity={relation.entity.name as EntityName}
          group={inner}
          plain
          onChange={(next) => onChange(relatedOf(condition.related, kind, next))}
        />
      )}
    </div>
  )
}

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
          withRoles={false}
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
