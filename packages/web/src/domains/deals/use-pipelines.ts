import type { Pipeline, Stage } from "@regulars/contract/domains/pipelines.endpoints.ts"
import { useQuery, useQueryClient } from "@tanstack/react-query"
import { call } from "../../lib/api.ts"
import { keys } from "../../lib/query.ts"
import { useErrorToast } from "../../ui/toast.tsx"

export type { Pipeline, Stage }
export type StageValues = Pick<
  Stage,
  "kind" | "probability" | "days" | "requires" | "leaves" | "checklist"
> & {
  label: string
  color: "gray" | "red" | "amber" | "green" | "blue" | "teal" | null
}

/** Below the lists of fields: a change by somebody else is heard of with theirs. */
export function usePipelines() {
  return useQuery({
    queryKey: keys.list("fields", "pipelines"),
    queryFn: async ({ signal }) => (await call("GET /pipelines", { signal })).data,
  })
}

/** What can be done with pipelines and their stages. All but the moves throw what the server refuses. */
export function usePipelineActions() {
  const client = useQueryClient()
  const complain = useErrorToast()
  const refresh = () =>
    Promise.all([
      client.invalidateQueries({ queryKey: keys.lists("fields") }),
      client.invalidateQueries({ queryKey: keys.entity("deals") }),
    ])
  const then = (work: Promise<unknown>): Promise<void> => work.then(refresh).then(() => undefined)
  return {
    addPipeline: (label: string) => then(call("POST /pipelines", { body: { label } })),
    renamePipeline: ({ id }: Pipeline, label: string) =>
      then(call("PATCH /pipelines/:id", { params: { id }, body: { label } })),
    removePipeline: ({ id }: Pipeline, moveTo?: string) =>
      then(call("DELETE /pipelines/:id", { params: { id }, query: { ...(moveTo && { moveTo }) } })),
    addStage: ({ id }: Pipeline, body: StageValues) =>
      then(call("POST /pipelines/:id/stages", { params: { id }, body })),
    changeStage: ({ id }: Pipeline, stage: Stage, body: Partial<StageValues>) =>
      then(call("PATCH /pipelines/:id/stages/:stage", { params: { id, stage: stage.id }, body })),
    removeStage: ({ id }: Pipeline, stage: Stage, moveTo?: string) =>
      then(
        call("DELETE /pipelines/:id/stages/:stage", {
          params: { id, stage: stage.id },
          query: { ...(moveTo && { moveTo }) },
        }),
      ),
    movePipeline({ id }: Pipeline, position: number): void {
      then(call("PATCH /pipelines/:id", { params: { id }, body: { position } })).catch(complain)
    },
    moveStage({ id }: Pipeline, stage: Stage, position: number): void {
      const params = { id, stage: stage.id }
      then(call("PATCH /pipelines/:id/stages/:stage", { params, body: { position } })).catch(complain)
    },
  }
}
