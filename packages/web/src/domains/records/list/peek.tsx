import type { EntityName } from "@regulars/contract/entities.ts"
import { IconArrowRight, IconX } from "@tabler/icons-react"
import { Link } from "wouter"
import { isApiError } from "../../../lib/api-error.ts"
import { titleOf } from "../../../lib/format.ts"
import { useLabels, useT } from "../../../lib/i18n.tsx"
import { type AnyRecord, declarationOf, useRecord } from "../../../lib/records.ts"
import { Avatar } from "../../../ui/avatar.tsx"
import { IconButton } from "../../../ui/button.tsx"
import { FieldView, isEmptyValue } from "../../../ui/fields/field-view.tsx"
import { recordPath } from "../../../ui/fields/record-chip.tsx"
import { FormSkeleton } from "../../../ui/skeleton.tsx"
import { ErrorState } from "../../../ui/states.tsx"
import { FieldGroups } from "../field-groups.tsx"
import { reachOf, useOfferLog } from "../use-offer-log.ts"
import styles from "./list-page.module.css"

/** What is said about a record before its fields. */
const facts = ["lifecycleStage", "keyCustomer", "ownerId", "lastActivityAt"]
const links: Partial<Record<EntityName, string[]>> = {
  people: ["companyId", "employments"],
  companies: ["parentId"],
}
const none: string[] = []

/** A record beside the list: its key facts and all its fields, to be changed on the spot. */
export function Peek({ entity, id, onClose }: { entity: EntityName; id: string; onClose: () => void }) {
  const t = useT()
  const labels = useLabels(entity)
  const { data, error, refetch } = useRecord(entity, id, links[entity] ?? none)
  // What was seen until now may be another one's to see.
  const record = isApiError(error, "not_found") ? undefined : (data as AnyRecord | undefined)
  const { title, fields } = declarationOf(entity)
  const name = record ? titleOf(record, title) || t("state.unnamed") : ""
  const path = recordPath(entity, id)
  const offerLog = useOfferLog()
  return (
    <aside
      className={styles.peek}
      aria-label={`${labels.one}: ${name || t("list.peek.label")}`}
      onClick={(event) => {
        const kind = reachOf(event)
        if (kind) offerLog(kind, { entity, id, name })
      }}
      onKeyDown={(event) => event.key === "Escape" && !event.defaultPrevented && onClose()}
    >
      <div className={styles.peekHead}>
        {record && <Avatar name={name} size={36} square={entity !== "people"} photoId={record.photoId} />}
        <h2 className={styles.peekName}>{name}</h2>
        <IconButton icon={IconX} label={t("action.close")} onClick={onClose} />
      </div>
      <div className={styles.peekBody}>
        {error && !record ? (
          <ErrorState error={error} retry={() => refetch()} />
        ) : !record ? (
          <FormSkeleton fields={6} />
        ) : (
          <>
            <div className={styles.facts}>
              {facts.map((key) => {
                const field = fields[key]
                if (!field || isEmptyValue(record[key])) return null
                const labelled = field.type !== "choice"
                return (
                  <span key={key}>
                    {labelled && `${labels.field(key)}: `}
                    <FieldView entity={entity} fieldKey={key} field={field} value={record[key]} compact />
                  </span>
                )
              })}
              {path && (
                <Link href={path} className={styles.full}>
                  {t("list.peek.full")}
                  <IconArrowRight size={14} stroke={1.75} aria-hidden="true" />
                </Link>
              )}
            </div>
            <FieldGroups key={id} entity={entity} record={record} />
          </>
        )}
      </div>
    </aside>
  )
}
