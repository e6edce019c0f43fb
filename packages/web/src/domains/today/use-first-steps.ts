import type { EntityName } from "@regulars/contract/entities.ts"
import { useQuery } from "@tanstack/react-query"
import { call } from "../../lib/api.ts"
import { useMembers } from "../../lib/names.ts"
import { useList } from "../../lib/records.ts"
import { useCan } from "../../lib/session.tsx"
import { useImports } from "../transfer/use-imports.ts"
import { useSample } from "./use-sample.ts"

export const stepNames = ["setUp", "import", "person", "sample", "invite", "task"] as const
export type StepName = (typeof stepNames)[number]

export interface Facts {
  people: number
  tasks: number
  /** Of these, brought by the sample. */
  samplePeople: number
  sampleTasks: number
  sampleLoaded: boolean
  /** People made by finished imports; null where none has finished. */
  imported: number | null
  /** Members and open invitations, oneself included. */
  colleagues: number
}
/** Which of the first steps the workspace itself shows to be done. */
export function doneSteps(facts: Facts): Record<StepName, boolean> {
  return {
    setUp: true,
    import: facts.imported !== null,
    person: facts.people - facts.samplePeople - (facts.imported ?? 0) > 0,
    sample: facts.sampleLoaded,
    invite: facts.colleagues > 1,
    task: facts.tasks - facts.sampleTasks > 0,
  }
}
/** Whoever has own people and a task has begun; the other steps are offers. */
export function hasBegun(steps: Record<StepName, boolean>): boolean {
  return (steps.import || steps.person) && steps.task
}

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
