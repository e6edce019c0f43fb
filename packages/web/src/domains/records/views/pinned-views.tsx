import { Link, useSearchParams } from "wouter"
import { usePinnedViews } from "./use-views.ts"
import { addressOf } from "./view-state.ts"

/** Pinned views of an entity as links of the sidebar, below the entity's own. */
export function PinnedViews({ entity, className }: { entity: string; className: string | undefined }) {
  const pinned = usePinnedViews().filter((view) => view.entity === entity)
  const [search] = useSearchParams()
  return pinned.map((view) => (
    <Link
      key={view.id}
      href={addressOf(view)}
      className={className}
      title={view.name}
      aria-current={search.get("v") === view.id ? "page" : undefined}
    >
      <span>{view.name}</span>
    </Link>
  ))
}
