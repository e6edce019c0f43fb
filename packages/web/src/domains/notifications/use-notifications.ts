import type { Notification, notificationKinds } from "@regulars/contract/domains/today.endpoints.ts"
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query"
import { useEffect } from "react"
import { call, request } from "../../lib/api.ts"
import { entityOfSubject } from "../../lib/declarations.ts"
import { onLive } from "../../lib/live.ts"
import { useCan } from "../../lib/session.tsx"
import { recordPath } from "../../ui/fields/record-chip.tsx"

export type { Notification }
export type NotificationKind = (typeof notificationKinds)[number]
const key = ["notifications"] as const

/** What the member was told, newest first; anew whenever the server says that there is more. */
export function useNotifications() {
  const client = useQueryClient()
  useEffect(
    () =>
      onLive((event) => {
        if (event.type === "notification") client.invalidateQueries({ queryKey: key })
      }),
    [client],
  )
  return useQuery({
    queryKey: key,
    queryFn: async ({ signal }) =>
      (await request("GET /notifications", { query: { limit: 30 }, signal })) as {
        data: Notification[]
        unread: number
      },
    enabled: useCan("notifications:read"),
  })
}
/** Marks one, or all without an id, as read. */
export function useMarkRead() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (id?: string) =>
      call("POST /notifications/read", { body: id ? { ids: [id] } : { all: true } }),
    onSettled: () => client.invalidateQueries({ queryKey: key }),
  })
}
/** The page that shows what a notification is about. */
export function pathOf({ subject, about }: Notification): string {
  if (subject.type === "task") return `/tasks?p=${subject.id}`
  const [record = subject] = about
  const entity = entityOfSubject(record.type)?.name
  return (entity && recordPath(entity, record.id)) ?? "/"
}
