import { useLocation } from "wouter"
import { call } from "../../../lib/api.ts"
import { useT } from "../../../lib/i18n.tsx"
import { toast, useErrorToast } from "../../../ui/toast.tsx"
import { listAddress } from "../list/list-state.ts"
import { useKeepViews } from "./use-views.ts"
import { addressOf, placesAfter, type Shown, type View } from "./view-state.ts"

type Changes = Partial<Pick<View, "name" | "shared" | "pinned" | "position"> & Shown>

/** Changes of views, with a way back, and what to say when they are refused. */
function useChanges() {
  const keep = useKeepViews()
  const complain = useErrorToast()
  async function patch(view: View, changes: Changes, version?: number): Promise<View> {
    const headers: Record<string, string> = version === undefined ? {} : { "if-match": `"${version}"` }
    const { data } = await call("PATCH /views/:id", { params: { id: view.id }, body: changes, headers })
    keep.put(data)
    return data
  }
  /** Throws what the server refuses. */
  async function change(view: View, changes: Changes, told: string): Promise<View> {
    const after = await patch(view, changes, view.version)
    const before = Object.fromEntries(
      Object.keys(changes).map((key) => [key, view[key as keyof Changes]]),
    ) as Changes
    toast({ text: told, undo: () => patch(view, before).catch(complain) })
    return after
  }
  const attempt = (work: Promise<unknown>) =>
    work.catch((error) => {
      complain(error)
      // A refusal may mean that what is known here is old.
      keep.refresh()
    })
  return { keep, complain, patch, change, attempt }
}

/** What can be done with the saved views of a list; everything that changes one offers Undo. */
export function useViewActions(entity: string) {
  const t = useT()
  const [, navigate] = useLocation()
  const { keep, complain, patch, change, attempt } = useChanges()

  async function restore(view: View): Promise<void> {
    const { data } = await call("POST /views/:id/restore", { params: { id: view.id } })
    keep.put(data)
    navigate(addressOf(data))
  }
  async function chooseFirst(whose: "me" | "everyone", viewId: string | null): Promise<void> {
    const { data } = await call("POST /views/default", { body: { entity, for: whose, viewId } })
    keep.putDefaults(data)
  }
  return {
    rename: (view: View, name: string) => change(view, { name }, t("view.renamed", { name })),
    save: (view: View, shown: Shown) => attempt(change(view, shown, t("view.saved", { name: view.name }))),
    share: (view: View) =>
      attempt(
        change(
          view,
          { shared: !view.shared },
          t(view.shared ? "view.madePrivate" : "view.madeShared", { name: view.name }),
        ),
      ),
    pinForAll: (view: View) =>
      attempt(
        change(
          view,
          { pinned: !view.pinned },
          t(view.pinned ? "view.unpinnedForAll" : "view.pinnedForAll", { name: view.name }),
        ),
      ),
    /** To another place for everybody, as far as those beside it may be moved; `views` in their order. */
    move: (views: readonly View[], from: number, to: number) => {
      const standing = views.map(({ position, can }) => ({ position, isFixed: !can.update }))
      const places = placesAfter(standing, from, to)
      attempt(Promise.all([...places].map(([index, position]) => patch(views[index] as View, { position }))))
    },
    /** Keeps what is shown as a new view and opens it. Throws what the server refuses. */
    async create(values: { name: string; shared?: boolean } & Shown): Promise<void> {
      const { data } = await call("POST /views", { body: { entity, ...values } })
      keep.put(data)
      navigate(addressOf(data))
      toast({ text: t("view.saved", { name: data.name }) })
    },
    restore,
    remove: (view: View) =>
      attempt(
        call("DELETE /views/:id", { params: { id: view.id } }).then(() => {
          keep.take(view.id)
          navigate(listAddress(entity, { v: "all" }))
          toast({
            text: t("view.deleted", { name: view.name }),
            undo: () => restore(view).catch(complain),
          })
        }),
      ),
    /** `before` is what was chosen until now, for Undo. */
    openFirst: (whose: "me" | "everyone", viewId: string | null, before: string | null) =>
      attempt(
        chooseFirst(whose, viewId).then(() =>
          toast({
            text: t("view.opensFirst"),
            undo: () => chooseFirst(whose, before).catch(complain),
          }),
        ),
      ),
  }
}
export type ViewActions = ReturnType<typeof useViewActions>
