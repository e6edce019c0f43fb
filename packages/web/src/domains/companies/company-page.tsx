import type { AnyRecord } from "../../lib/records.ts"
import { FilesPanel } from "../records/record-page/panels/files-panel.tsx"
import { LinkedPanels } from "../records/record-page/panels/linked-panels.tsx"
import { PeoplePanel } from "../records/record-page/panels/people-panel.tsx"
import { TasksPanel } from "../records/record-page/panels/tasks-panel.tsx"
import { RecordPage } from "../records/record-page/record-page.tsx"

/** What the header shows already. */
const leaveOut = ["name", "lastActivityAt"]
/** Have a panel of their own. */
const besides = ["people"] as const

/** Everything about one company. */
export function CompanyPage({ params }: { params: Record<string, string | undefined> }) {
  return <RecordPage entity="companies" id={params.id ?? ""} leaveOut={leaveOut} panels={panels} />
}
function panels(company: AnyRecord) {
  return (
    <>
      <TasksPanel about={{ type: "company", id: company.id }} readOnly={Boolean(company.deletedAt)} />
      <PeoplePanel companyId={company.id} />
      <LinkedPanels entity="companies" id={company.id} except={besides} />
      <FilesPanel entity="companies" id={company.id} />
    </>
  )
}
