import type { EntityName } from "@regulars/contract/entities.ts"
import { entityLabel } from "@regulars/locales/labels.ts"
import { IconChevronDown, IconChevronUp } from "@tabler/icons-react"
import { useQuery } from "@tanstack/react-query"
import { type FormEvent, useMemo, useState } from "react"
import { Link } from "wouter"
import { request } from "../../../lib/api.ts"
import { namedEntity } from "../../../lib/declarations.ts"
import { titleOf } from "../../../lib/format.ts"
import { useFormats, useT } from "../../../lib/i18n.tsx"
import { keys } from "../../../lib/query.ts"
import { type AnyRecord, declarationOf } from "../../../lib/records.ts"
import { Button } from "../../../ui/button.tsx"
import { RelativeTime } from "../../../ui/display.tsx"
import { recordPath } from "../../../ui/fields/record-chip.tsx"
import { layOutMerge } from "./merge-choices.ts"
import { FieldChoice, SettledFields } from "./merge-fields.tsx"
import styles from "./merge-page.module.css"
import { useMerge } from "./use-merge.ts"

interface MergeFormProps {
  entity: EntityName
  records: readonly AnyRecord[]
  back: string | undefined
}
/** Which record stays, which value each field takes, and what moves. */
export function MergeForm({ entity, records, back }: MergeFormProps) {
  const t = useT()
  const [keep, setKeep] = useState(records[0]?.id ?? "")
  const [chosen, setChosen] = useState<Record<string, string | null>>({})
  const [unfolded, setUnfolded] = useState(false)
  const declaration = declarationOf(entity)
  const layout = useMemo(() => layOutMerge(declaration, records, keep), [declaration, records, keep])
  const nameOf = (id: string) => {
    const record = records.find((one) => one.id === id)
    return (record && titleOf(record, declaration.title)) || t("state.unnamed")
  }
  const { merge, busy } = useMerge(entity, back)
  function submit(event: FormEvent) {
    event.preventDefault()
    const fields = Object.entries(chosen).flatMap(([key, id]) => (id === null ? [] : [[key, id]]))
    const others = records.map(({ id }) => id).filter((id) => id !== keep)
    merge({ keep, merge: others, fields: Object.fromEntries(fields), name: nameOf(keep) })
  }
  return (
    <form className={styles.form} onSubmit={submit}>
      <KeepChoice entity={entity} records={records} keep={keep} nameOf={nameOf} onChange={setKeep} />
      {layout.open.length === 0 && <p className={styles.faint}>{t("merge.noDifference")}</p>}
      {layout.open.map((one) => (
        <FieldChoice
          key={one.key}
          entity={entity}
          choice={one}
          value={chosen[one.key]}
          count={records.length}
          nameOf={nameOf}
          onChange={(id) => setChosen({ ...chosen, [one.key]: id })}
        />
      ))}
      {layout.settled.length > 0 && (
        <div>
          <Button
            kind="subtle"
            icon={unfolded ? IconChevronUp : IconChevronDown}
            aria-expanded={unfolded}
            onClick={() => setUnfolded(!unfolded)}
          >
            {t("merge.settled", { count: layout.settled.length })}
          </Button>
          {unfolded && <SettledFields entity={entity} fields={layout.settled} />}
        </div>
      )}
      <Moving entity={entity} records={records} keep={keep} nameOf={nameOf} />
      <div className={styles.bar}>
        <Link className={styles.cancel} href={back ?? recordPath(entity, keep) ?? `/${entity}`}>
          {t("action.cancel")}
        </Link>
        <Button kind="primary" type="submit" loading={busy}>
          {t("merge.run", { count: records.length })}
        </Button>
      </div>
    </form>
  )
}

interface KeepChoiceProps {
  entity: EntityName
  records: readonly AnyRecord[]
  keep: string
  nameOf: (id: string) => string
  onChange: (id: string) => void
}
function KeepChoice({ entity, records, keep, nameOf, onChange }: KeepChoiceProps) {
  const t = useT()
  return (
    <fieldset className={styles.field}>
      <legend className={styles.legend}>{t("merge.keep")}</legend>
      <div className={styles.options} data-count={records.length}>
        {records.map(({ id, createdAt }) => (
          <label key={id} className={styles.option}>
            <input type="radio" name="keep" value={id} checked={id === keep} onChange={() => onChange(id)} />
            <span className={styles.value}>
              <strong>{nameOf(id)}</strong>
              <span className={styles.faint}>
                {t("merge.since")} <RelativeTime at={String(createdAt)} />
              </span>
              <Link href={recordPath(entity, id) ?? ""} target="_blank" className={styles.open}>
                {t("merge.open")}
              </Link>
            </span>
          </label>
        ))}
      </div>
    </fieldset>
  )
}

/** What goes over from the others, in numbers. */
function Moving({ entity, records, keep, nameOf }: Omit<KeepChoiceProps, "onChange">) {
  const t = useT()
  const formats = useFormats()
  const ids = records.map(({ id }) => id)
  const { data } = useQuery({
    queryKey: keys.list(entity, { moving: ids }),
    queryFn: async ({ signal }) => {
      const answer = await request(`POST /${entity}/merge/preview`, { body: { ids }, signal })
      return (answer as { data: Record<string, Record<string, number>> }).data
    },
  })
  const lines = ids.flatMap((id) => {
    const counts = Object.entries(id === keep ? {} : (data?.[id] ?? {})).filter(([, count]) => count > 0)
    if (counts.length === 0) return []
    const what = counts.map(([name, count]) =>
      t("merge.moving.part", { shown: formats.number(count), what: entityLabel(t, namedEntity(name)) }),
    )
    return [{ id, text: t("merge.moving.line", { name: nameOf(id), what: formats.list(what) }) }]
  })
  return (
    <section className={styles.moving} aria-live="polite">
      <h2>{t("merge.moving")}</h2>
      <p>{t("merge.moving.text", { name: nameOf(keep) })}</p>
      {lines.length > 0 && (
        <ul>
          {lines.map(({ id, text }) => (
            <li key={id}>{text}</li>
          ))}
        </ul>
      )}
    </section>
  )
}
