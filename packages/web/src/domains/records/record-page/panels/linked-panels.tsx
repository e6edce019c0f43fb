import type { EntityName } from "@regulars/contract/entities.ts"
import type { EntityDeclaration } from "@regulars/contract/kernel/entity.ts"
import type { Field } from "@regulars/contract/kernel/fields.ts"
import type { Filter } from "@regulars/contract/kernel/filter.ts"
import { Link } from "wouter"
import type { AnyRecord } from "../../../../lib/any-record.ts"
import { allEntities } from "../../../../lib/declarations.ts"
import { titleOf } from "../../../../lib/format.ts"
import { useLabels, useT } from "../../../../lib/i18n.tsx"
import { titleFields } from "../../../../lib/names.ts"
import { declarationOf, useList } from "../../../../lib/records.ts"
import { useCan } from "../../../../lib/session.tsx"
import { Avatar } from "../../../../ui/avatar.tsx"
import { FieldView, isEmptyValue } from "../../../../ui/fields/field-view.tsx"
import { listAddress } from "../../list/list-state.ts"
import { linkingKeys, tellingKeys } from "./linked-fields.ts"
import { Panel } from "./panel.tsx"
import styles from "./panels.module.css"

const most = 8

interface LinkedPanelsProps {
  entity: EntityName
  id: string
  /** Shown by panels of their own. */
  except?: readonly EntityName[]
}
/** What links to a record, a panel for each kind of which there is some: deals of a company, orders of a person. */
export function LinkedPanels({ entity, id, except = [] }: LinkedPanelsProps) {
  return allEntities().flatMap(({ name, pages }) => {
    const other = name as EntityName
    const keys = pages && !except.includes(other) ? linkingKeys(declarationOf(other), entity) : []
    return keys.length > 0 ? [<LinkedPanel key={name} other={other} of={entity} keys={keys} id={id} />] : []
  })
}

interface LinkedPanelProps {
  other: EntityName
  of: EntityName
  keys: readonly string[]
  id: string
}
function LinkedPanel({ other, of, keys, id }: LinkedPanelProps) {
  const t = useT()
  const labels = useLabels(other)
  const mayRead = useCan(`${other}:read`)
  const declaration = declarationOf(other)
  const telling = tellingKeys(declaration)
  const conditions = keys.map((field): Filter => ({ field, op: "is", value: id }))
  const [only] = conditions
  const filter: Filter = only && conditions.length === 1 ? only : { any: conditions }
  const params = {
    filter,
    fields: [...titleFields(other), ...telling],
    sort: [declaration.defaultSort],
    limit: most,
    count: "true" as const,
  }
  const { data } = useList(other, params, mayRead)
  if (!data?.data.length) return null
  const count = data.count?.value ?? 0
  return (
    <Panel title={relationLabel(declarationOf(of), { other, keys }, t.find) ?? labels.other} count={count}>
      <ul className={styles.list}>
        {data.data.map((row) => (
          <li key={row.id}>
            <LinkedLine entity={declaration} record={row as unknown as AnyRecord} telling={telling} />
          </li>
        ))}
      </ul>
      {count > data.data.length && (
        <Link href={listAddress(other, { f: filter })} className={styles.all}>
          {t("record.linked.all", { count })}
        </Link>
      )}
    </Panel>
  )
}
/** Words for the relation, where the entity has a name for it: "Companies below it". */
function relationLabel(
  entity: EntityDeclaration,
  { other, keys }: { other: string; keys: readonly string[] },
  find: (id: string) => string | undefined,
): string | undefined {
  const named = Object.entries(entity.relations ?? {}).find(
    ([, relation]) => relation.entity === other && keys.includes(relation.field),
  )
  return named && find(`relation.${entity.name}.${named[0]}`)
}

interface LinkedLineProps {
  entity: EntityDeclaration
  record: AnyRecord
  telling: readonly string[]
}
function LinkedLine({ entity, record, telling }: LinkedLineProps) {
  const t = useT()
  const name = titleOf(record, entity.title) || t("state.unnamed")
  const told = telling.filter((key) => !isEmptyValue(record[key]))
  return (
    <Link href={`/${entity.name}/${record.id}`} className={styles.line}>
      <Avatar name={name} size={24} square={entity.name !== "people"} />
      <span className={styles.words}>
        <span className={styles.name}>{name}</span>
        {told.length > 0 && (
          <span className={styles.told}>
            {told.map((key) => (
              <FieldView
                key={key}
                entity={entity.name}
                fieldKey={key}
                field={entity.fields[key] as Field}
                value={record[key]}
                compact
              />
            ))}
          </span>
        )}
      </span>
    </Link>
  )
}
