import type { RecordReference } from "@regulars/contract/kernel/fields.ts"
import { IconX } from "@tabler/icons-react"
import { Link } from "wouter"
import { entityOfSubject, hasPages } from "../../lib/declarations.ts"
import { useT } from "../../lib/i18n.tsx"
import { useNameOf } from "../../lib/names.ts"
import styles from "./fields.module.css"

/** Address of a record's page; undefined for those that have none. */
export function recordPath(entity: string, id: string): string | undefined {
  return hasPages(entity) ? `/${entity}/${id}` : undefined
}

/** Name of a linked record; a link to its page where it has one. */
export function RecordName({ target, id }: { target: string; id: string }) {
  const t = useT()
  const name = useNameOf(target, id)
  if (name === undefined) return <span className={styles.pending}>…</span>
  const text = name || t("state.unnamed")
  const path = name === null ? undefined : recordPath(target, id)
  if (!path) return <span className={styles.name}>{text}</span>
  return (
    <Link href={path} className={styles.nameLink}>
      {text}
    </Link>
  )
}

/** A reference to a record of any kind, as in "about". */
export function RecordChip({ reference, onRemove }: { reference: RecordReference; onRemove?: () => void }) {
  const t = useT()
  const target = entityOfSubject(reference.type)?.name ?? "members"
  const name = useNameOf(target, reference.id)
  return (
    <span className={styles.reference}>
      <RecordName target={target} id={reference.id} />
      {onRemove && (
        <button
          type="button"
          className={styles.referenceRemove}
          aria-label={t("action.removeNamed", { name: name ?? "" })}
          onClick={onRemove}
        >
          <IconX size={12} stroke={2} />
        </button>
      )}
    </span>
  )
}
