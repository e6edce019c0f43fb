import type { EntityName } from "@regulars/contract/entities.ts"
import { isWritable } from "@regulars/contract/kernel/entity.ts"
import type { Field } from "@regulars/contract/kernel/fields.ts"
import { IconChevronDown, IconChevronUp } from "@tabler/icons-react"
import { useMemo, useState } from "react"
import { titleOf } from "../../lib/format.ts"
import { useLabels, useT } from "../../lib/i18n.tsx"
import { type AnyRecord, declarationOf, usePatchRecord } from "../../lib/records.ts"
import { useCan } from "../../lib/session.tsx"
import { Button } from "../../ui/button.tsx"
import { EditableField } from "../../ui/fields/editable-field.tsx"
import styles from "./field-groups.module.css"
import { type FieldGroup, layOutFields } from "./field-layout.ts"
import { useAsked } from "./use-asked.tsx"

interface FieldGroupsProps {
  entity: EntityName
  record: AnyRecord
  /** Keys shown elsewhere on the page already. */
  leaveOut?: readonly string[]
  /** Looks only, whatever the member may do: for a record in the bin. */
  readOnly?: boolean
}
/**
 * All fields of a record by their groups, edited where they stand and saved one by one. Empty fields that are no
 * column of the list wait folded under "more".
 */
export function FieldGroups({ entity, record, leaveOut, readOnly }: FieldGroupsProps) {
  const t = useT()
  const mayUpdate = useCan(`${entity}:update`)
  const [unfolded, setUnfolded] = useState(false)
  const groups = useMemo(
    () => layOutFields(declarationOf(entity), record, leaveOut),
    [entity, record, leaveOut],
  )
  const fixed = readOnly || !(record.can?.update ?? mayUpdate)
  const folded = fixed ? 0 : groups.reduce((sum, group) => sum + group.folded.length, 0)
  return (
    <div className={styles.groups} data-editable-group="">
      {groups.map((group) => (
        <Group
          key={group.group}
          entity={entity}
          record={record}
          group={group}
          unfolded={unfolded}
          fixed={fixed}
        />
      ))}
      {folded > 0 && (
        <div>
          <Button
            kind="subtle"
            icon={unfolded ? IconChevronUp : IconChevronDown}
            aria-expanded={unfolded}
            onClick={() => setUnfolded(!unfolded)}
          >
            {unfolded ? t("list.fields.less") : t("list.fields.more", { count: folded })}
          </Button>
        </div>
      )}
    </div>
  )
}

interface GroupProps {
  entity: EntityName
  record: AnyRecord
  group: FieldGroup
  unfolded: boolean
  fixed: boolean
}
function Group({ entity, record, group, unfolded, fixed }: GroupProps) {
  const labels = useLabels(entity)
  const patch = usePatchRecord(entity)
  const { change, dialog } = useAsked(entity)
  const { fields, title } = declarationOf(entity)
  // Declared order, so that a field keeps its place when it is filled or emptied.
  const keys = Object.keys(fields).filter(
    (key) => group.shown.includes(key) || (unfolded && !fixed && group.folded.includes(key)),
  )
  if (keys.length === 0) return null
  return (
    <section aria-label={labels.group(group.group)}>
      <h3 className={styles.heading}>{labels.group(group.group)}</h3>
      {keys.map((key) => {
        const field = fields[key] as Field
        return (
          <EditableField
            key={key}
            entity={entity}
            fieldKey={key}
            field={field}
            value={record[key]}
            label={labels.field(key)}
            stacked={isWide(field)}
            readOnly={fixed || !isWritable(field)}
            draftKey={`${entity}.${record.id}.${key}`}
            version={record.version}
            onSave={(value, version) =>
              change(
                { id: record.id, changes: { [key]: value }, before: { [key]: record[key] }, version },
                titleOf(record, title),
                ({ before: _, ...given }) => patch.mutateAsync(given),
              )
            }
          />
        )
      })}
      {dialog}
    </section>
  )
}
const isWide = (field: Field) => ["longText", "richText", "map"].includes(field.type)
