import { call } from "../../../lib/api.ts"
import { useT } from "../../../lib/i18n.tsx"
import { toast, useErrorToast } from "../../../ui/toast.tsx"
import { useKeepViews } from "./use-views.ts"
import { isInSidebar, placesAfter, sidebarPlace, type View } from "./view-state.ts"

type Pin = NonNullable<View["pin"]>
/** Sent one after the other, so that no answer overtakes what was done after its question. */
let sent: Promise<unknown> = Promise.resolve()

/** What a member makes of their own sidebar. Shown at once; what is refused is told and read again. */
export function usePins() {
  const t = useT()
  const keep = useKeepViews()
  const complain = useErrorToast()
  async function put(view: View, pin: Partial<Pin>): Promise<boolean> {
    keep.put({ ...view, pin: { pinned: null, position: null, ...view.pin, ...pin } })
    const answer = sent.then(() => call("PATCH /views/:id/pin", { params: { id: view.id }, body: pin }))
    const own = answer.catch(() => undefined)
    sent = own
    try {
      const { data } = await answer
      if (sent === own) keep.put(data)
      return true
    } catch (error) {
      complain(error)
      keep.refresh()
      return false
    }
  }
  return {
    /** Puts a view there, or takes it out. */
    async turn(view: View): Promise<void> {
      const pinned = !isInSidebar(view)
      // As for everybody where that is the same, so that it follows them again.
      if (!(await put(view, { pinned: pinned === view.pinned ? null : pinned }))) return
      toast({
        text: t(pinned ? "view.pinned" : "view.unpinned", { name: view.name }),
        undo: () => put(view, { pinned: view.pin?.pinned ?? null }),
      })
    },
    /** To another place; `views` are those of one entity that stand there, in order. */
    async move(views: readonly View[], from: number, to: number): Promise<void> {
      const standing = views.map((view) => ({ position: sidebarPlace(view), isFixed: false }))
      const places = placesAfter(standing, from, to)
      await Promise.all([...places].map(([index, position]) => put(views[index] as View, { position })))
    },
  }
}
