import type { EntityName } from "@regulars/contract/entities.ts"
import { Link } from "wouter"
import { ownObjects } from "../../../../lib/declarations.ts"
import { useLabels, useT } from "../../../../lib/i18n.tsx"
import { useList } from "../../../../lib/records.ts"
import { Avatar } from "../../../../ui/avatar.tsx"
import { Panel } from "./panel.tsx"
import styles from "./panels.module.css"

const most = 50
/** What of the workspace's own objects links to a record, a panel for each kind of which there is some. */
export function LinkedPanels({ entity, id }: { entity: EntityName; id: string }) {
  return ownObjects().flatMap((object) => {
    const keys = Object.entries(object.fields).flatMap(([key, field]) =>
      field.type === "link" && field.own && field.target === entity ? [key] : [],
    )
    if (keys.length === 0) return []
    return <LinkedPanel key={object.name} object={object.name as EntityName} keys={keys} id={id} />
  })
}
function LinkedPanel({ object, keys, id }: { object: EntityName; keys: readonly string[]; id: string }) {
  const t = useT()
  const labels = useLabels(object)
  const { data } = useList(object, {
    filter: { any: keys.map((field) => ({ field, op: "is" as const, value: id })) },
    fields: ["name"],
    sort: ["name"],
    limit: most,
    count: "true",
  })
  if (!data?.data.length) return null
  return (
    <Panel title={labels.other} count={data.count?.value ?? 0}>
      <ul className={styles.list}>
        {data.data.map((row) => {
          const name = String((row as { name?: unknown }).name ?? "") || t("state.unnamed")
          return (
            <li key={row.id}>
              <Link href={`/${object}/${row.id}`} className={styles.line}>
                <Avatar name={name} size={24} square />
                <span className={styles.words}>
                  <span className={styles.name}>{name}</span>
                </span>
              </Link>
            </li>
          )
        })}
      </ul>
    </Panel>
  )
}
