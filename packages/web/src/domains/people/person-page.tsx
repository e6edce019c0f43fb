import type { AnyRecord } from "../../lib/records.ts"
import { ConsentsPanel } from "../records/record-page/panels/consents-panel.tsx"
import { FilesPanel } from "../records/record-page/panels/files-panel.tsx"
import { LinkedPanels } from "../records/record-page/panels/linked-panels.tsx"
import { CompanyPanel } from "../records/record-page/panels/people-panel.tsx"
import { TasksPanel } from "../records/record-page/panels/tasks-panel.tsx"
import { RecordPage } from "../records/record-page/record-page.tsx"

/** What the header and the panels show already. */
const leaveOut = ["name", "consents", "lastActivityAt"]

/** Everything about one person. */
export function PersonPage({ params }: { params: Record<string, string | undefined> }) {
  return <RecordPage entity="people" id={params.id ?? ""} leaveOut={leaveOut} panels={panels} />
}
function panels(person: AnyRecord) {
  const readOnly = Boolean(person.deletedAt)
  return (
    <>
      <TasksPanel about={{ type: "person", id: person.id }} readOnly={readOnly} />
      <CompanyPanel companyId={(person.companyId as string | null) ?? null} personId={person.id} />
      <LinkedPanels entity="people" id={person.id} />
      <ConsentsPanel person={person} readOnly={readOnly} />
      <FilesPanel entity="people" id={person.id} />
    </>
  )
}
