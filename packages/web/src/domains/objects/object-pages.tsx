import { type ObjectName, objectPrefix } from "@regulars/contract/kernel/own-objects.ts"
import { ApiError } from "../../lib/api-error.ts"
import { entityNamed } from "../../lib/declarations.ts"
import type { AnyRecord } from "../../lib/records.ts"
import { useCan } from "../../lib/session.tsx"
import { ErrorState } from "../../ui/states.tsx"
import { ListPage } from "../records/list/list-page.tsx"
import { LinkedPanels } from "../records/record-page/panels/linked-panels.tsx"
import { TasksPanel } from "../records/record-page/panels/tasks-panel.tsx"
import { RecordPage } from "../records/record-page/record-page.tsx"

interface PageProps {
  params: Record<string, string | undefined>
}
/** The own object an address names, as far as the member may see its records. */
function useObject({ params }: PageProps): ObjectName | undefined {
  const name: ObjectName = `${objectPrefix}${params.object ?? ""}`
  const mayRead = useCan(`${name}:read`)
  return mayRead && entityNamed(name) ? name : undefined
}

/** Gone, or not the member's to see: alike. */
function Unknown() {
  return <ErrorState error={new ApiError({ status: 404, code: "not_found" })} />
}

/** The records of one own object. */
export function ObjectListPage(props: PageProps) {
  const entity = useObject(props)
  return entity ? <ListPage key={entity} entity={entity} /> : <Unknown />
}

/** What the header shows already. */
const leaveOut = ["name"]
/** Everything about one record of an own object. */
export function ObjectPage(props: PageProps) {
  const entity = useObject(props)
  if (!entity) return <Unknown />
  const panels = (record: AnyRecord) => (
    <>
      <TasksPanel about={{ type: entity, id: record.id }} readOnly={Boolean(record.deletedAt)} />
      <LinkedPanels entity={entity} id={record.id} />
    </>
  )
  return <RecordPage entity={entity} id={props.params.id ?? ""} leaveOut={leaveOut} panels={panels} />
}
