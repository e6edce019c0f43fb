import type { AnyRecord } from "../../lib/records.ts"
import { FilesPanel } from "../records/record-page/panels/files-panel.tsx"
import { LinkedPanels } from "../records/record-page/panels/linked-panels.tsx"
import { TasksPanel } from "../records/record-page/panels/tasks-panel.tsx"
import { RecordPage } from "../records/record-page/record-page.tsx"
import { StagesPanel } from "./stages-panel.tsx"

/** What the header shows already. */
const leaveOut = ["name"]

/** Everything about one deal. */
export function DealPage({ params }: { params: Record<string, string | undefined> }) {
  return <RecordPage entity="deals" id={params.id ?? ""} leaveOut={leaveOut} panels={panels} />
}
function panels(deal: AnyRecord) {
  return (
    <>
      <StagesPanel id={deal.id} />
      <TasksPanel about={{ type: "deal", id: deal.id }} readOnly={Boolean(deal.deletedAt)} />
      <LinkedPanels entity="deals" id={deal.id} />
      <FilesPanel entity="deals" id={deal.id} />
    </>
  )
}
