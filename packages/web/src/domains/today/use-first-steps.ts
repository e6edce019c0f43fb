import type { EntityName } from "@regulars/contract/entities.ts"
import { useQuery } from "@tanstack/react-query"
import { call } from "../../lib/api.ts"
import { useMembers } from "../../lib/names.ts"
import { useList } from "../../lib/records.ts"
import { useCan } from "../../lib/session.tsx"
import { useImports } from "../transfer/use-imports.ts"
import { doneSteps, type StepName } from "./first-step-rules.ts"
import { useSample } from "./use-sample.ts"

/** The first steps and whether each is done; undefined until that is known. */
export function useFirstSteps(): Record<StepName, boolean> | undefined {
  const people = useCount("people")
  const tasks = useCount("tasks")
  const sample = useSample()
  const imports = useImports()
  const members = useMembers()
  const invitations = useInvitations()
  if (people === undefined || tasks === undefined || !members.data) return undefined
  if (sample.isPending && sample.fetchStatus !== "idle") return undefined
  const finished = (imports.data ?? []).filter(({ status }) => status === "done")
  return doneSteps({
    people,
    tasks,
    samplePeople: sample.data?.counts.people ?? 0,
    sampleTasks: sample.data?.counts.tasks ?? 0,
    sampleLoaded: sample.data?.loaded ?? false,
    imported:
      finished.length === 0
        ? null
        : finished
            .filter(({ entity }) => entity === "people")
            .reduce((sum, { counts }) => sum + (counts?.created ?? 0), 0),
    colleagues: members.data.length + (invitations.data?.length ?? 0),
  })
}
function useCount(entity: EntityName): number | undefined {
  const allowed = useCan(`${entity}:read`)
  const { data } = useList(entity, { limit: 1, fields: [], count: "true" }, allowed)
  return allowed ? data?.count?.value : 0
}
function useInvitations() {
  return useQuery({
    queryKey: ["invitations"],
    queryFn: async ({ signal }) => (await call("GET /invitations", { signal })).data,
    enabled: useCan("members:update"),
  })
}
