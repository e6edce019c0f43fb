import type { Member } from "@regulars/contract/domains/workspace.endpoints.ts"
import { useQuery, useQueryClient } from "@tanstack/react-query"
import { useState } from "react"
import { call } from "../../../lib/api.ts"
import { useT } from "../../../lib/i18n.tsx"
import { Button } from "../../../ui/button.tsx"
import { ConfirmDialog } from "../../../ui/dialog.tsx"
import { ListSkeleton } from "../../../ui/skeleton.tsx"
import { ErrorState } from "../../../ui/states.tsx"
import { toast } from "../../../ui/toast.tsx"
import styles from "./settings.module.css"
import { SignIns } from "./sign-ins.tsx"

interface MemberSignInsProps {
  member: Member
  onTakenOff: () => void
}
/** How a member signs in to this workspace, with help for whoever lost their second step. */
export function MemberSignIns({ member, onTakenOff }: MemberSignInsProps) {
  const t = useT()
  const client = useQueryClient()
  const [asking, setAsking] = useState(false)
  const { id, name } = member
  const key = ["sign-ins", id]
  const { data, error, refetch } = useQuery({
    queryKey: key,
    queryFn: ({ signal }) => call("GET /members/:id/sign-ins", { params: { id }, signal }),
  })
  if (error && !data) return <ErrorState error={error} retry={() => refetch()} />
  if (!data) return <ListSkeleton rows={3} />
  const takeOff = async () => {
    await call("DELETE /members/:id/second-step", { params: { id } })
    toast({ text: t("settings.signIns.takeOff.done", { name }) })
    client.invalidateQueries({ queryKey: key })
    onTakenOff()
  }
  return (
    <>
      <div className={styles.heading}>
        <p>{t(data.secondStep ? "settings.signIns.step" : "settings.signIns.noStep")}</p>
        {data.secondStep && <Button onClick={() => setAsking(true)}>{t("settings.signIns.takeOff")}</Button>}
      </div>
      <SignIns signIns={data.data} />
      <ConfirmDialog
        opened={asking}
        onClose={() => setAsking(false)}
        title={t("settings.signIns.takeOff.title", { name })}
        action={t("settings.signIns.takeOff")}
        onConfirm={takeOff}
      >
        <p>{t("settings.signIns.takeOff.text")}</p>
      </ConfirmDialog>
    </>
  )
}
