import type { ObjectTypeAnswer } from "@regulars/contract/domains/objects.endpoints.ts"
import type { ObjectIcon } from "@regulars/contract/kernel/object-icons.ts"
import { useQuery, useQueryClient } from "@tanstack/react-query"
import { call } from "../../lib/api.ts"
import { useT } from "../../lib/i18n.tsx"
import { useObjectTypes } from "../../lib/own-fields.ts"
import { keys } from "../../lib/query.ts"
import { toast, useErrorToast } from "../../ui/toast.tsx"

export type ObjectType = ObjectTypeAnswer
export interface ObjectValues {
  one: string
  many: string
  icon: ObjectIcon
}

/** Living objects in their order, and those that can be brought back. */
export function useAllObjectTypes() {
  const living = useObjectTypes()
  const removed = useQuery({
    queryKey: keys.list("fields", "removed objects"),
    queryFn: async ({ signal }) =>
      (await call("GET /object-types", { query: { deleted: "true" }, signal })).data,
  })
  return {
    types: living.data,
    removed: removed.data ?? [],
    error: living.error,
    refetch: living.refetch,
  }
}

/** What can be done with objects; everything offers Undo. */
export function useObjectActions() {
  const t = useT()
  const client = useQueryClient()
  const complain = useErrorToast()
  const refresh = () => client.invalidateQueries({ queryKey: keys.lists("fields") })
  const patch = async (id: string, body: Partial<ObjectValues> & { position?: number }) => {
    await call("PATCH /object-types/:id", { params: { id }, body })
    await refresh()
  }
  const remove = (id: string) => call("DELETE /object-types/:id", { params: { id } }).then(refresh)
  /** Says what could not come back with it; otherwise whatever is given. */
  const restore = async ({ id, many: name }: ObjectType, text?: string) => {
    const { removedFields } = await call("POST /object-types/:id/restore", { params: { id } })
    await refresh()
    const fields = removedFields.map(({ label }) => label).join(", ")
    if (fields) toast({ text: t("settings.objects.restoredWithout", { name, fields }), bad: true })
    else if (text) toast({ text })
  }
  const quietly = (work: Promise<unknown>) => work.catch(complain)
  return {
    /** Throws what the server refuses. */
    async add(values: ObjectValues): Promise<void> {
      const { data } = await call("POST /object-types", { body: values })
      await refresh()
      toast({
        text: t("settings.objects.added", { name: data.many }),
        undo: () => quietly(remove(data.id)),
      })
    },
    /** Throws what the server refuses. */
    async change({ id, one, many, icon }: ObjectType, values: ObjectValues): Promise<void> {
      await patch(id, values)
      toast({
        text: t("settings.objects.changed", { name: values.many }),
        undo: () => quietly(patch(id, { one, many, icon })),
      })
    },
    /** Changes places with a neighbour. */
    swap(type: ObjectType, other: ObjectType): void {
      quietly(
        patch(type.id, { position: other.position }).then(() => patch(other.id, { position: type.position })),
      )
    },
    remove(type: ObjectType): void {
      quietly(
        remove(type.id).then(() =>
          toast({
            text: t("settings.objects.removed", { name: type.many }),
            undo: () => quietly(restore(type)),
          }),
        ),
      )
    },
    restore(type: ObjectType): void {
      quietly(restore(type, t("settings.objects.restored", { name: type.many })))
    },
  }
}
