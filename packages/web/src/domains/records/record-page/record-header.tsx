import type { Field } from "@regulars/contract/kernel/fields.ts"
import { useQuery } from "@tanstack/react-query"
import type { ReactNode } from "react"
import { aboutTargets } from "../../../lib/declarations.ts"
import { titleOf } from "../../../lib/format.ts"
import { useLabels, useT } from "../../../lib/i18n.tsx"
import { declarationOf, fetchList, usePatchRecord } from "../../../lib/records.ts"
import { useCan } from "../../../lib/session.tsx"
import { Avatar } from "../../../ui/avatar.tsx"
import { DayText, RelativeTime } from "../../../ui/display.tsx"
import { FieldView } from "../../../ui/fields/field-view.tsx"
import { RecordName } from "../../../ui/fields/record-chip.tsx"
import { HeaderName } from "./header-name.tsx"
import type { HeaderProps } from "./header-props.ts"
import { openTasksQuery } from "./open-tasks.ts"
import { RecordActions } from "./record-actions.tsx"
import styles from "./record-header.module.css"
import { StageMenu, stageField } from "./stage-menu.tsx"

/** Who it is at a glance, and what one does most. */
export function RecordHeader(props: HeaderProps) {
  const { entity, record, readOnly } = props
  const t = useT()
  const labels = useLabels(entity)
  const patch = usePatchRecord(entity)
  const declaration = declarationOf(entity)
  const { fields, title } = declaration
  const mayUpdate = useCan(`${entity}:update`) && !readOnly
  const name = titleOf(record, title) || t("state.unnamed")
  const show = (key: string) => (
    <FieldView entity={entity} fieldKey={key} field={fields[key] as Field} value={record[key]} compact />
  )
  return (
    <header className={styles.header}>
      <Avatar name={name} size={48} square={entity !== "people"} photoId={record.photoId} />
      <div className={styles.words}>
        <HeaderName
          name={name}
          value={record[title] as string | null}
          label={labels.field(title)}
          field={fields[title] as Field}
          entity={entity}
          readOnly={!mayUpdate}
          draftKey={`${entity}.${record.id}.${title}`}
          version={record.version}
          onSave={(value, version) =>
            patch.mutateAsync({ id: record.id, changes: { [title]: value }, version })
          }
        />
        <div className={styles.chips}>
          {stageField(declaration) && <StageMenu entity={entity} record={record} readOnly={!mayUpdate} />}
          {Boolean(record.keyCustomer) && show("keyCustomer")}
          {((record.tags ?? []) as string[]).length > 0 && show("tags")}
        </div>
      </div>
      <RecordActions {...props} name={name} />
      <dl className={styles.facts}>
        {"ownerId" in fields && (
          <Fact label={labels.field("ownerId")}>
            {record.ownerId ? (
              <RecordName target="members" id={String(record.ownerId)} />
            ) : (
              t("record.nobody")
            )}
          </Fact>
        )}
        {"lastActivityAt" in fields && (
          <Fact label={labels.field("lastActivityAt")}>
            {record.lastActivityAt ? <RelativeTime at={String(record.lastActivityAt)} /> : t("record.never")}
          </Fact>
        )}
        {aboutTargets("tasks").includes(entity) && (
          <Fact label={t("record.nextTask")}>
            <NextTask id={record.id} />
          </Fact>
        )}
      </dl>
    </header>
  )
}
function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className={styles.fact}>
      <dt>{label}</dt>
      <dd>{children}</dd>
    </div>
  )
}
function NextTask({ id }: { id: string }) {
  const t = useT()
  const query = openTasksQuery(id)
  const { data } = useQuery({ ...query, queryFn: ({ signal }) => fetchList("tasks", query.params, signal) })
  const next = data?.data[0]
  if (!data) return "…"
  if (!next) return t("record.nextTask.none")
  return (
    <span className={styles.next}>
      <span className={styles.nextTitle} title={next.title}>
        {next.title}
      </span>
      {next.dueDate && <DayText day={next.dueDate} />}
    </span>
  )
}
