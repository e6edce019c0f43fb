import type { EntityName } from "@regulars/contract/entities.ts"
import type { MouseEvent } from "react"
import { useLocation } from "wouter"
import { useT } from "../../lib/i18n.tsx"
import { useCan } from "../../lib/session.tsx"
import { toast } from "../../ui/toast.tsx"

export type Reach = "call" | "message"
interface Reached {
  entity: EntityName
  id: string
  name: string
}

/** After somebody was called or written to with the device's own programs: offers to log that it was done. */
export function useOfferLog(): (kind: Reach, reached: Reached) => void {
  const t = useT()
  const [, navigate] = useLocation()
  const mayLog = useCan("activities:create")
  return (kind, { entity, id, name }) => {
    if (!mayLog) return
    toast({
      text: t(kind === "call" ? "record.called" : "record.wrote", { name }),
      action: { label: t("record.logIt"), run: () => navigate(`/${entity}/${id}?compose=${kind}`) },
    })
  }
}

/** Which way of reaching somebody a click on a link within leads to, if any. */
export function reachOf({ target }: MouseEvent): Reach | undefined {
  const href = target instanceof Element ? target.closest("a")?.getAttribute("href") : undefined
  if (href?.startsWith("tel:")) return "call"
  return href?.startsWith("mailto:") ? "message" : undefined
}
