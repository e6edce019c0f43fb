import type { Import } from "@regulars/contract/domains/transfer.endpoints.ts"
import type { Filter } from "@regulars/contract/kernel/filter.ts"
import { entityLabel } from "@regulars/locales/labels.ts"
import { IconDownload } from "@tabler/icons-react"
import { useQueryClient } from "@tanstack/react-query"
import { useEffect } from "react"
import { Link, useLocation } from "wouter"
import { urlOf } from "../../lib/api.ts"
import { hasPages, namedEntity } from "../../lib/declarations.ts"
import { useFormats, useT } from "../../lib/i18n.tsx"
import { keys } from "../../lib/query.ts"
import { Button } from "../../ui/button.tsx"
import { ProgressBar } from "../../ui/progress-bar.tsx"
import { CancelButton } from "./cancel-button.tsx"
import { Counts } from "./counts.tsx"
import styles from "./import.module.css"
import { KeptList } from "./kept-list.tsx"
import { UndoButton } from "./undo-button.tsx"
import { isBeingUndone, isUndoneInPart, isWorking } from "./use-imports.ts"

/** What came of an import: numbers, the rows that were refused, the way to the records and back. */
export function ResultStep({ one }: { one: Import }) {
  const t = useT()
  const formats = useFormats()
  const client = useQueryClient()
  const [, navigate] = useLocation()
  const { counts, status, entity } = one
  const working = isWorking(one)
  useEffect(() => {
    // Many records came or went without a message for each.
    if (!working) client.invalidateQueries({ queryKey: keys.entity(entity) })
  }, [client, entity, working])
  const list = listOf(one)
  const made = counts && counts.created > 0 && status !== "undone" && !working
  return (
    <div className={styles.stack}>
      <h2>{t(working ? "import.undoing" : `import.result.${status}`)}</h2>
      {one.error && (
        <p role="alert" className={styles.fault}>
          {one.error}
        </p>
      )}
      <UndoState one={one} />
      {counts && <Counts counts={counts} />}
      {counts && counts.refused > 0 && (
        <a
          className={styles.download}
          href={urlOf("GET /imports/:id/rejects", { id: one.id })}
          download={`${one.fileName}.csv`}
        >
          <IconDownload size={16} stroke={1.5} aria-hidden="true" />
          {t("import.result.rejects", { count: counts.refused, shown: formats.number(counts.refused) })}
        </a>
      )}
      {!working && <KeptList undo={one.undo?.summary} />}
      <div className={styles.bar}>
        {made && list && (
          <Button kind="primary" onClick={() => navigate(list)}>
            {t.find(`import.result.see.${entity}`) ?? entityLabel(t, namedEntity(entity))}
          </Button>
        )}
        {!working && <UndoButton one={one} />}
        <Link href="/import">{t("import.another")}</Link>
      </div>
    </div>
  )
}

/** How far taking it back has come, or that it ended before its end and why. */
function UndoState({ one }: { one: Import }) {
  const t = useT()
  const { undo } = one
  if (undo && isBeingUndone(one))
    return (
      <>
        <ProgressBar label={t("import.undoing")} done={undo.done} total={undo.total} />
        <div>
          <CancelButton one={one} />
        </div>
      </>
    )
  if (!undo || !isUndoneInPart(one)) return null
  return (
    <p role="alert" className={styles.fault}>
      {t(undo.status === "failed" ? "import.undo.failed" : "import.undo.stopped")} {undo.error}
    </p>
  )
}

/** The list of what this import made: everything created while it ran, newest first. Notes have none. */
function listOf({ entity, createdAt, operation }: Import): string | undefined {
  if (entity === "tasks") return "/tasks?whose=all"
  if (!hasPages(entity)) return undefined
  const since: Filter = { field: "createdAt", op: "after", value: operation?.createdAt ?? createdAt }
  const filter: Filter = operation?.finishedAt
    ? { all: [since, { field: "createdAt", op: "before", value: operation.finishedAt }] }
    : since
  return `/${entity}?${new URLSearchParams({ f: JSON.stringify(filter), s: "-createdAt" })}`
}
