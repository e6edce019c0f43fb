import { useQuery, useQueryClient } from "@tanstack/react-query"
import { useState } from "react"
import { call } from "../../../../lib/api.ts"
import { useT } from "../../../../lib/i18n.tsx"
import { keys } from "../../../../lib/query.ts"
import { useCan } from "../../../../lib/session.tsx"
import type { TimelineEntry } from "../../../../lib/timeline.ts"
import { ConfirmDialog } from "../../../../ui/dialog.tsx"
import { toast } from "../../../../ui/toast.tsx"
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
  const { data } = useQuery({
    queryKey: keys.operation(id),
    queryFn: async ({ signal }) => (await call("GET /operations/:id", { params: { id }, signal })).data,
  })
  async function undo() {
    await call("POST /operations/:id/undo", { params: { id } })
    client.invalidateQueries({ queryKey: keys.operation(id) })
    toast({ text: t("record.import.undoing") })
  }
  return (
    <ConfirmDialog
      opened
      onClose={close}
      title={t("record.import.undo")}
      action={t("record.import.undo")}
      onConfirm={undo}
    >
      {data?.canUndo === false
        ? t("record.import.cannot")
        : t("record.import.ask", { count: data?.done ?? 0 })}
    </ConfirmDialog>
  )
}
