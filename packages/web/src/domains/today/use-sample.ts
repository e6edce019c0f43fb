import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query"
import { call } from "../../lib/api.ts"
import { useT } from "../../lib/i18n.tsx"
import { useCan } from "../../lib/session.tsx"
import { toast, useErrorToast } from "../../ui/toast.tsx"

/** Whether sample data is in the workspace; only asked by those who may change that. */
export function useSample() {
  return useQuery({
    queryKey: ["sample"],
    queryFn: async ({ signal }) => (await call("GET /sample", { signal })).data,
    enabled: useCan("sample:update"),
  })
}
/** Fills the workspace with the sample business, and takes it away again. */
export function useSampleActions() {
  const t = useT()
  const client = useQueryClient()
  const showError = useErrorToast()
  // Records of every kind come or go: whatever is shown is asked for anew.
  const refresh = () => client.invalidateQueries()
  const load = useMutation({
    mutationFn: () => call("POST /sample", { body: { name: "coffee" } }),
    onSuccess: () => toast({ text: t("today.sample.loadedToast") }),
    onError: showError,
    onSettled: refresh,
  })
  const remove = useMutation({
    mutationFn: async () => (await call("DELETE /sample", { query: { changed: "false" } })).data,
    onSuccess: ({ keptCount }) =>
      toast({
        text: keptCount > 0 ? t("today.sample.removedKept", { count: keptCount }) : t("today.sample.removed"),
      }),
    onError: showError,
    onSettled: refresh,
  })
  return { load, remove }
}
