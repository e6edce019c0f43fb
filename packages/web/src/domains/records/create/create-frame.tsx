import { type MatchedEntity, matchedEntities } from "@regulars/contract/domains/duplicates.ts"
import type { EntityName } from "@regulars/contract/entities.ts"
import { type ReactNode, useState } from "react"
import { isApiError } from "../../../lib/api-error.ts"
import { useLabels, useT } from "../../../lib/i18n.tsx"
import { type AnyRecord, useCreateRecord } from "../../../lib/records.ts"
import { Button } from "../../../ui/button.tsx"
import { ErrorLine } from "../../../ui/states.tsx"
import { LikelyTwins } from "../../duplicates/likely-twins.tsx"
import type { Begin } from "../compose/begun.ts"
import { onSaveKey } from "../compose/use-compose-form.ts"
import styles from "./create.module.css"
import { type Candidate, twinsOf } from "./twins.ts"
import { useLikelyRecords } from "./use-likely-records.ts"

export interface CreateProps {
  /** Values to begin with. */
  begin?: Begin | undefined
  onSaved: (record: AnyRecord, name: string) => void
  /** Somebody who is there already turned out to be the one. */
  onOpen: (id: string) => void
  onCancel: () => void
}

/** Creates a record; likely twins come back as `twins` instead of being made a second time. */
export function useCreate(
  entity: EntityName,
  values: object,
  { onSaved }: { onSaved: (record: AnyRecord) => void },
) {
  const t = useT()
  const create = useCreateRecord(entity)
  const [error, setError] = useState<unknown>(null)
  async function save(allowDuplicate: boolean) {
    if (create.isPending) return
    setError(null)
    try {
      onSaved(await create.mutateAsync({ values, allowDuplicate }))
    } catch (problem) {
      setError(problem)
    }
  }
  return {
    save,
    busy: create.isPending,
    error: isApiError(error, "duplicate_suspected") ? null : error,
    twins: twinsOf(error),
    values,
    /** There is one already, perhaps out of the member's sight. */
    isTwin: isApiError(error, "duplicate_suspected"),
    /** Sentence for a fault of a field or of anything inside it. */
    faultOf(field: string) {
      const faults = isApiError(error) ? error.errors : []
      const fault = faults.find(({ path }) => path === field || path.startsWith(`${field}.`))
      return fault && (t.find(`fieldError.${fault.code}`) ?? fault.message)
    },
  }
}

interface FrameProps {
  state: ReturnType<typeof useCreate>
  props: CreateProps
  entity: EntityName
  ready: boolean
  clear: () => void
  children: ReactNode
}
/** Fields, likely twins, error and buttons of a form that creates. */
export function CreateFrame({ state, props, entity, ready, clear, children }: FrameProps) {
  const t = useT()
  const twins = state.isTwin
  const save = () => ready && state.save(false)
  return (
    <form
      className={styles.form}
      noValidate
      onKeyDownCapture={onSaveKey(save)}
      onSubmit={(event) => {
        event.preventDefault()
        save()
      }}
    >
      {children}
      {twins ? (
        <Twins role="alert" twins={state.twins} entity={entity} onOpen={props.onOpen} />
      ) : isMatched(entity) ? (
        <LikelyTwins entity={entity} values={state.values} onOpen={props.onOpen} />
      ) : (
        <LikelyRecords entity={entity} values={state.values} onOpen={props.onOpen} />
      )}
      {state.error !== null && <ErrorLine error={state.error} />}
      <div className={styles.actions}>
        <Button
          kind="subtle"
          onClick={() => {
            clear()
            props.onCancel()
          }}
        >
          {t("action.cancel")}
        </Button>
        {twins ? (
          <Button loading={state.busy} onClick={() => state.save(true)}>
            {t("record.twins.createAnyway")}
          </Button>
        ) : (
          <Button kind="primary" type="submit" loading={state.busy} disabled={!ready}>
            {t("action.create")}
          </Button>
        )}
      </div>
    </form>
  )
}

function isMatched(entity: EntityName): entity is MatchedEntity {
  return (matchedEntities as readonly string[]).includes(entity)
}

interface LikelyRecordsProps {
  entity: EntityName
  values: object
  onOpen: (id: string) => void
}
function LikelyRecords({ entity, values, onOpen }: LikelyRecordsProps) {
  const twins = useLikelyRecords(entity, values as Record<string, unknown>)
  return (
    <div role="status">{twins.length > 0 && <Twins twins={twins} entity={entity} onOpen={onOpen} />}</div>
  )
}

interface TwinsProps {
  /** Of what keeps the record from being made. */
  role?: "alert"
  twins: readonly Candidate[]
  entity: EntityName
  onOpen: (id: string) => void
}
function Twins({ role, twins, entity, onOpen }: TwinsProps) {
  const t = useT()
  const labels = useLabels(entity)
  return (
    <div role={role} className={styles.twins}>
      <p className={styles.twinsTitle}>{t("record.twins.title")}</p>
      {twins.length === 0 && <p>{t("record.twins.unseen")}</p>}
      <ul className={styles.list}>
        {twins.map((twin) => (
          <li key={twin.id} className={styles.twin}>
            <span className={styles.words}>
              <strong>{twin.name || t("state.unnamed")}</strong>
              {twin.field !== null && (
                <span className={styles.same}>
                  {t("record.twins.same", { field: labels.field(twin.field), value: twin.value })}
                </span>
              )}
            </span>
            <Button
              aria-label={`${t("record.twins.open")}: ${twin.name || t("state.unnamed")}`}
              onClick={() => onOpen(twin.id)}
            >
              {t("record.twins.open")}
            </Button>
          </li>
        ))}
      </ul>
    </div>
  )
}

export function Labelled({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div>
      <div className={styles.label}>{label}</div>
      {children}
    </div>
  )
}
