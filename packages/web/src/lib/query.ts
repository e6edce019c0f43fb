import { notifyManager, QueryClient } from "@tanstack/react-query"
import { isApiError } from "./api-error.ts"

/** Keys of the query cache, by entity, so that a change can find everything it touches. */
export const keys = {
  session: ["session"] as const,
  members: ["members"] as const,
  today: ["today"] as const,
  entity: (entity: string) => [entity] as const,
  lists: (entity: string) => [entity, "list"] as const,
  list: (entity: string, params: unknown) => [entity, "list", params] as const,
  ones: (entity: string) => [entity, "one"] as const,
  one: (entity: string, id: string) => [entity, "one", id] as const,
  timeline: (entity: string, id: string) => [entity, "timeline", id] as const,
  name: (entity: string, id: string) => [entity, "name", id] as const,
  guide: (page: string) => ["guide", page] as const,
  operation: (id: string) => ["operations", "one", id] as const,
}

// What is put into the cache is drawn before the browser goes on. Otherwise a box that was just ticked jumps back until
// the next round of the event loop, and whoever reads it in between (a test, a screen reader) is told the old state.
notifyManager.setScheduler(queueMicrotask)

export function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 30_000,
        // Answers "offline" instead of waiting silently for a connection.
        networkMode: "always",
        retry: (attempts, error) =>
          attempts < 2 && (isApiError(error, "offline") || isApiError(error, "unavailable")),
      },
      mutations: { networkMode: "always" },
    },
  })
}
