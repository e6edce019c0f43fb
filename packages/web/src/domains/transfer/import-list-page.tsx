import type { Import } from "@regulars/contract/domains/transfer.endpoints.ts"
import { entityLabel } from "@regulars/locales/labels.ts"
import { Link } from "wouter"
import { namedEntity } from "../../lib/declarations.ts"
import { useFormats, useT } from "../../lib/i18n.tsx"
import { useCan } from "../../lib/session.tsx"
import { RelativeTime } from "../../ui/display.tsx"
import { PageHeader } from "../../ui/page-header.tsx"
import { ListSkeleton } from "../../ui/skeleton.tsx"
import { ErrorState } from "../../ui/states.tsx"
import styles from "./import.module.css"
import { StatusChip } from "./status-chip.tsx"
import { UndoButton } from "./undo-button.tsx"
import { UploadArea } from "./upload-area.tsx"
import { useImports } from "./use-imports.ts"

/** Where an import begins, with those made before. */
export function ImportListPage() {
  const t = useT()
  const { data, error, refetch } = useImports()
  const mayImport = useCan("imports:create")
  return (
    <>
      <PageHeader title={t("shell.import")} />
      <div className={styles.page}>
        {mayImport && <UploadArea />}
        {error && !data && <ErrorState error={error} retry={() => refetch()} />}
        {!error && !data && <ListSkeleton rows={3} avatar={false} />}
        {data && data.length > 0 && (
          <section>
            <h2>{t("import.earlier")}</h2>
            <ul className={styles.rows}>
              {data.map((one) => (
                <EarlierLine key={one.id} one={one} />
              ))}
            </ul>
          </section>
        )}
      </div>
    </>
  )
}

function EarlierLine({ one }: { one: Import }) {
  const t = useT()
  const formats = useFormats()
  const { counts } = one
  return (
    <li className={styles.row}>
      <div className={styles.words}>
        <Link className={styles.name} href={`/import/${one.id}`}>
          {one.fileName}
        </Link>
        <div className={styles.faint}>
          {entityLabel(t, namedEntity(one.entity))}
          {counts && one.status !== "recognised" && (
            <>
              {" · "}
              {t("import.line.counts", {
                created: formats.number(counts.created),
                updated: formats.number(counts.updated),
              })}
            </>
          )}
          {" · "}
          <RelativeTime at={one.createdAt} />
        </div>
      </div>
      <StatusChip one={one} />
      <UndoButton one={one} />
    </li>
  )
}
