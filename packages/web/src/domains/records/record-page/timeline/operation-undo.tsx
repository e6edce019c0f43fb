import { useQuery, useQueryClient } from "@tanstack/react-query"
import { useState } from "react"
import { Link, useLocation } from "wouter"
import { call } from "../../../../lib/api.ts"
import { useT } from "../../../../lib/i18n.tsx"
import { keys } from "../../../../lib/query.ts"
import { useCan } from "../../../../lib/session.tsx"
import type { TimelineEntry } from "../../../../lib/timeline.ts"
import { Button } from "../../../../ui/button.tsx"
import { Dialog } from "../../../../ui/dialog.tsx"
import { Bone } from "../../../../ui/skeleton.tsx"
import { ErrorLine } from "../../../../ui/states.tsx"
import { useErrorToast } from "../../../../ui/toast.tsx"
import { useImports } from "../../../transfer/use-imports.ts"
import { undoOperations } from "../../operations.ts"
import styles from "./timeline.module.css"

/** Below an entry of an import: takes the whole import back, after saying how many records that concerns. */
export function OperationUndo({ entry }: { entry: TimelineEntry }) {
  const t = useT()
  const may = useCan("operations:update")
  const [asking, setAsking] = useState(false)
  const id = entry.data.operationId
  const isOffered = may && typeof id === "string" && entry.data.operationKind === "import"
  if (!isOffered || !entry.type.endsWith(".created")) return null
  return (
    <>
      <button type="button" className={styles.link} onClick={() => setAsking(true)}>
        {t("record.import.undo")}
      </button>
      {asking && <AskUndo id={id} close={() => setAsking(false)} />}
    </>
  )
}

function AskUndo({ id, close }: { id: string; close: () => void }) {
  const t = useT()
  const client = useQueryClient()
  const showError = useErrorToast()
  const [, navigate] = useLocation()
  const { data, error, refetch } = useQuery({
    queryKey: keys.operation(id),
    queryFn: async ({ signal }) => (await call("GET /operations/:id", { params: { id }, signal })).data,
  })
  const found = useImports().data?.find(({ operation }) => operation?.id === id)
  const path = found ? `/import/${found.id}` : undefined
  async function undo() {
    close()
    const action = path ? { label: t("record.import.open"), run: () => navigate(path) } : undefined
    await undoOperations([id], { client, t, entity: data?.entity ?? "people", showError, action })
    client.invalidateQueries({ queryKey: keys.operation(id) })
  }
  return (
    <Dialog
      opened
      onClose={close}
      title={t("record.import.undo")}
      actions={
        <>
          <Button onClick={close}>{t(data?.canUndo === false ? "action.close" : "action.cancel")}</Button>
          {data?.canUndo && (
            <Button kind="danger" onClick={undo}>
              {t("record.import.undo")}
            </Button>
          )}
        </>
      }
    >
      {error && !data && <ErrorLine error={error} retry={() => refetch()} />}
      {!data && !error && <Bone height={20} />}
      {data && (
        <p>{data.canUndo ? t("record.import.ask", { count: data.done }) : t("record.import.cannot")}</p>
      )}
      {path && <Link href={path}>{t("record.import.open")}</Link>}
    </Dialog>
  )
}
