import type { OwnFieldAnswer } from "@regulars/contract/domains/fields.endpoints.ts"
import { useQuery, useQueryClient } from "@tanstack/react-query"
import { call } from "../../lib/api.ts"
import { useT } from "../../lib/i18n.tsx"
import { keys } from "../../lib/query.ts"
import { toast, useErrorToast } from "../../ui/toast.tsx"

export type OwnField = OwnFieldAnswer
/** What may be said of a field when it is added or changed. */
export type FieldValues = Pick<
  OwnField,
  "label" | "help" | "group" | "type" | "required" | "stages" | "default" | "unique" | "hidden"
> & { options: GivenOptions }
export interface GivenOptions extends Omit<OwnField["options"], "choices"> {
  choices?: GivenChoice[] | undefined
}
export interface GivenChoice {
  id?: string | undefined
  label: string
  color?: string | null | undefined
}

const removedKey = keys.list("fields", { deleted: true })

/** Living fields in their order, and those that can be brought back. */
export function useFieldsOf(entity: string) {
  const living = useQuery({
    queryKey: keys.lists("fields"),
    queryFn: async ({ signal }) => (await call("GET /fields", { query: {}, signal })).data,
  })
  const removed = useQuery({
    queryKey: removedKey,
    queryFn: async ({ signal }) => (await call("GET /fields", { query: { deleted: "true" }, signal })).data,
  })
  return {
    fields: living.data?.filter((field) => field.entity === entity),
    removed: removed.data?.filter((field) => field.entity === entity) ?? [],
    error: living.error,
    refetch: living.refetch,
  }
}

/** Number that puts the field at `from` to the place `to` of those in order. */
function positionAt(fields: readonly OwnField[], from: number, to: number): number {
  const rest = fields.filter((_, index) => index !== from)
  const before = rest[to - 1]?.position
  const after = rest[to]?.position
  if (before === undefined) return (after ?? 1) - 1
  return after === undefined ? before + 1 : (before + after) / 2
}

/** What can be done with fields; everything offers Undo. */
export function useFieldActions() {
  const t = useT()
  const client = useQueryClient()
  const complain = useErrorToast()
  const refresh = () => client.invalidateQueries({ queryKey: keys.lists("fields") })
  const patch = async (id: string, changes: object): Promise<OwnField> => {
    const { data } = await call("PATCH /fields/:id", { params: { id }, body: changes as never })
    await refresh()
    return data
  }
  const remove = (id: string) => call("DELETE /fields/:id", { params: { id } }).then(refresh)
  /** Says where it could not stay unique; otherwise whatever is given. */
  const restore = async ({ id, label: field, unique }: OwnField, text?: string) => {
    const { data } = await call("POST /fields/:id/restore", { params: { id } })
    await refresh()
    if (unique && !data.unique) toast({ text: t("settings.fields.repeated", { field }), bad: true })
    else if (text) toast({ text })
  }
  const quietly = (work: Promise<unknown>) => work.catch(complain)
  return {
    /** Throws what the server refuses. */
    async add(entity: string, values: FieldValues): Promise<void> {
      const { data } = await call("POST /fields", { body: { entity, ...values } as never })
      await refresh()
      toast({
        text: t("settings.fields.added", { field: data.label }),
        undo: () => quietly(remove(data.id)),
      })
    },
    /** Throws what the server refuses. A change of type is taken back by bringing the old field back. */
    async change(field: OwnField, changes: Partial<FieldValues>): Promise<void> {
      const after = await patch(field.id, changes)
      const before = Object.fromEntries(
        Object.keys(changes).map((key) => [key, field[key as keyof OwnField]]),
      )
      const undo = () => quietly(after.id === field.id ? patch(field.id, before) : restore(field))
      toast({ text: t("settings.fields.changed", { field: after.label }), undo })
    },
    move(fields: readonly OwnField[], from: number, to: number): void {
      const field = fields[from]
      if (!field || from === to || to < 0 || to >= fields.length) return
      const position = positionAt(fields, from, to)
      client.setQueryData<OwnField[]>(keys.lists("fields"), (old) =>
        old
          ?.map((one) => (one.id === field.id ? { ...one, position } : one))
          .sort((one, other) => one.position - other.position),
      )
      quietly(patch(field.id, { position }))
    },
    remove(field: OwnField): void {
      quietly(
        remove(field.id).then(() =>
          toast({
            text: t("settings.fields.removed", { field: field.label }),
            undo: () => quietly(restore(field)),
          }),
        ),
      )
    },
    restore(field: OwnField): void {
      quietly(restore(field, t("settings.fields.restored", { field: field.label })))
    },
  }
}
