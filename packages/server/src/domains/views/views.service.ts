import type { View, ViewDefaults } from "@regulars/contract/domains/views.endpoints.ts"
import type { EntityDeclaration } from "@regulars/contract/kernel/entity.ts"
import { usableEntity } from "../../kernel/access/usable.ts"
import { noteSecurity } from "../../kernel/audit/note.ts"
import type { Context } from "../../kernel/context.ts"
import { AppError, invalid, notFound } from "../../kernel/errors.ts"
import { newId } from "../../kernel/ids.ts"
import {
  forgetChoice,
  insertView,
  lockView,
  markDefault,
  noteChoice,
  notePin,
  placeOfNext,
  saveView,
  storedDefaults,
  type ViewRow,
  visibleViews,
} from "./views.queries.ts"
import { checkState, mayChange, problemsOf } from "./views.rules.ts"

/** Living views of one member. */
const mostOwn = 500

type Changes = Partial<
  Pick<
    View,
    | "name"
    | "search"
    | "filter"
    | "sort"
    | "columns"
    | "widths"
    | "grouping"
    | "layout"
    | "shared"
    | "pinned"
    | "position"
  >
>
export type NewView = Pick<View, "entity" | "name"> & Changes

/** The caller's own views and the shared ones of entities they may read; in the bin those they may restore. */
export async function listViews(
  ctx: Context,
  wanted: { entity?: string | undefined; deleted: boolean },
): Promise<View[]> {
  const rows = await visibleViews(ctx, wanted)
  return rows
    .filter((row) => ctx.permissions.has(`${row.entity}:read`) && (!wanted.deleted || mayChange(ctx, row)))
    .map((row) => shown(ctx, row))
}

/** Throws `validation_failed` for what the list of the entity could not show. */
export async function createView(ctx: Context, given: NewView): Promise<View> {
  const entity = entityOf(ctx, given.entity)
  checkState(ctx, entity, given)
  if (given.shared) refuseSharing(ctx)
  const place = await placeOfNext(ctx, entity.name)
  if (place.own >= mostOwn) throw invalid("name", "too_many", `may be ${mostOwn} views of one member`)
  const now = ctx.now().toISOString()
  const row: ViewRow = {
    search: "",
    filter: null,
    sort: null,
    columns: null,
    widths: null,
    grouping: null,
    layout: null,
    shared: false,
    pinned: false,
    position: place.position,
    ...given,
    pin: null,
    id: newId(ctx.now().getTime()),
    version: 1,
    isDefault: false,
    ownerId: ctx.actor.memberId,
    createdAt: now,
    updatedAt: now,
    deletedAt: null,
  }
  insertView(ctx, row)
  noteShared(ctx, undefined, row)
  announce(ctx, row.shared)
  return shown(ctx, row)
}

/**
 * Throws `version_conflict` when `version` is given and the view has changed since, `forbidden` when it is another
 * member's, `not_found` when the caller can't see it.
 */
export async function updateView(
  ctx: Context,
  id: string,
  changes: Changes,
  version?: number | undefined,
): Promise<View> {
  const before = await changeable(ctx, id, { deleted: false })
  if (version !== undefined && version !== before.version)
    throw new AppError("version_conflict", {
      detail: "Someone else changed this view in the meantime.",
      details: { version: before.version },
    })
  checkState(ctx, entityOf(ctx, before.entity), changes)
  if (changes.shared) refuseSharing(ctx)
  // It would vanish for whoever did it.
  if (changes.shared === false && before.ownerId !== ctx.actor.memberId) throw notYours()
  return write(ctx, before, changes)
}

export async function removeView(ctx: Context, id: string): Promise<void> {
  const before = await changeable(ctx, id, { deleted: false })
  await write(ctx, before, { deletedAt: ctx.now().toISOString() })
}
export async function restoreView(ctx: Context, id: string): Promise<View> {
  const before = await changeable(ctx, id, { deleted: true })
  return write(ctx, before, { deletedAt: null })
}

/** Throws `not_found` when the caller can't see the view. What is not given stays as it was chosen. */
export async function pinView(
  ctx: Context,
  id: string,
  given: Partial<NonNullable<View["pin"]>>,
): Promise<View> {
  const row = await lockView(ctx, id, { deleted: false })
  if (!row || !ctx.permissions.has(`${row.entity}:read`)) throw notFound()
  const chosen = { pinned: null, position: null, ...row.pin, ...given }
  const pin = chosen.pinned === null && chosen.position === null ? null : chosen
  notePin(ctx, id, pin)
  announce(ctx, false)
  return shown(ctx, { ...row, pin })
}

/** Which view each list opens with, as far as the caller sees it. */
export async function defaultsOf(ctx: Context): Promise<ViewDefaults> {
  const { everyone, own } = await storedDefaults(ctx)
  const defaults: ViewDefaults = {}
  const of = (entity: string) => (defaults[entity] ??= { everyone: null, own: null })
  for (const { entity, id } of everyone) of(entity).everyone = id
  for (const { entity, id } of own) of(entity).own = id ?? "all"
  return defaults
}
/** Throws `forbidden` for everyone's default unless the caller manages views, and when the view is not shared. */
export async function chooseDefault(
  ctx: Context,
  choice: { entity: string; for: "me" | "everyone"; viewId: string | null },
): Promise<void> {
  const { name } = entityOf(ctx, choice.entity)
  const id = choice.viewId === "all" ? null : choice.viewId
  const view = id === null ? undefined : await lockView(ctx, id, { deleted: false })
  if (id !== null && view?.entity !== name) throw notFound()
  if (choice.for === "everyone") {
    if (!ctx.permissions.has("views:manage")) throw notYours()
    if (view && !view.shared) throw invalid("viewId", "invalid_value", "is not shared with everyone")
    markDefault(ctx, name, id)
    noteSecurity(ctx, "view_changed", { entity: name, viewId: id, change: "default" })
  } else if (choice.viewId === null) forgetChoice(ctx, name)
  else noteChoice(ctx, name, id)
  announce(ctx, choice.for === "everyone")
}

async function changeable(ctx: Context, id: string, wanted: { deleted: boolean }): Promise<ViewRow> {
  const row = await lockView(ctx, id, wanted)
  if (!row) throw notFound()
  if (!mayChange(ctx, row)) throw notYours()
  return row
}
async function write(ctx: Context, before: ViewRow, changes: Partial<ViewRow>): Promise<View> {
  const row = { ...before, ...changes, version: before.version + 1, updatedAt: ctx.now().toISOString() }
  saveView(ctx, row)
  if (Object.keys(changes).some((key) => key !== "position")) noteShared(ctx, before, row)
  announce(ctx, before.shared || row.shared)
  return shown(ctx, row)
}
/** A view that everybody has is part of how the workspace works; what one keeps for oneself is nobody else's business. */
function noteShared(
  ctx: Context,
  before: ViewRow | undefined,
  { id, entity, shared, deletedAt }: ViewRow,
): void {
  if (!before?.shared && !shared) return
  const isGone = deletedAt !== null
  const change = !before?.shared
    ? "shared"
    : !shared
      ? "unshared"
      : isGone !== (before.deletedAt !== null)
        ? isGone
          ? "deleted"
          : "restored"
        : "changed"
  noteSecurity(ctx, "view_changed", { entity, viewId: id, change })
}
function shown(ctx: Context, row: ViewRow): View {
  const may = mayChange(ctx, row)
  return { ...row, problems: problemsOf(ctx, row), can: { update: may, delete: may, restore: may } }
}
function entityOf(ctx: Context, name: string): EntityDeclaration {
  const entity = ctx.registry.entity(name)
  if (!entity) throw invalid("entity", "unknown_entity", `"${name.slice(0, 60)}" is not an entity`)
  if (!ctx.permissions.has(`${name}:read`)) throw notYours()
  return usableEntity(ctx, entity)
}
function refuseSharing(ctx: Context): void {
  if (!ctx.permissions.has("views:share"))
    throw new AppError("forbidden", { detail: "Your role does not allow to share views." })
}
function notYours(): AppError {
  return new AppError("forbidden", {
    detail: "Only whoever made this view, or an administrator, may do this.",
  })
}
/**
 * Wakes open pages, which ask again for the views they may see; ids of private ones are not told. What is the caller's
 * own wakes the caller's alone.
 */
function announce(ctx: Context, toEverybody: boolean): void {
  const { memberId } = ctx.actor
  const to = toEverybody || memberId === null ? {} : { memberId }
  ctx.tx.afterCommit(() =>
    ctx.services.live.publish(ctx.workspaceId, {
      type: "changed",
      entity: "views",
      id: null,
      version: null,
      ...to,
    }),
  )
}
