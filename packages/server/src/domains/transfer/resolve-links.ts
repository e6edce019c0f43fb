import type { EntityDeclaration } from "@regulars/contract/kernel/entity.ts"
import type { Context } from "../../kernel/context.ts"
import { newId } from "../../kernel/ids.ts"
import { lookUpForm } from "../../kernel/records/lookups.ts"
import { allMembers, companiesByExternalId, idsByName, namedById } from "./link.queries.ts"
import type { Draft, LinkTarget, LinkWish } from "./rows/draft.ts"
import { noId } from "./rows/own-steps.ts"

/** A record that rows refer to by a name nobody has yet; made if one of these rows is written. */
export interface PendingRecord {
  target: Exclude<LinkTarget, "members">
  id: string
  name: string
  /** A row that is written refers to it. */
  isWanted: boolean
  /** A row of this chunk becomes it. */
  isMade: boolean
}
export interface ResolvedLinks {
  /** By target and folded name. */
  pending: ReadonlyMap<string, PendingRecord>
  /** What each row would have made. */
  pendingOf: ReadonlyMap<Draft, readonly PendingRecord[]>
  /** Folded name of each row's employer. */
  employers: ReadonlyMap<Draft, string>
}
const pendingKey = (target: LinkTarget, name: string) => `${target} ${folded(name)}`
function folded(name: string): string {
  return lookUpForm("text", name)
}

/**
 * Finds the records that rows refer to and writes their ids into the rows' values. Names nobody has get an id
 * for a record to be made; members are never made: an unknown one's name is kept as text. One statement for each
 * way of referring.
 */
export async function resolveLinks(
  ctx: Context,
  drafts: readonly Draft[],
  { entity, source, withParents }: { entity: EntityDeclaration; source: string; withParents: boolean },
): Promise<ResolvedLinks> {
  if (!withParents) for (const draft of drafts) parentsAsText(draft, entity)
  const find = await finder(
    ctx,
    drafts.flatMap((draft) => draft.links),
    source,
  )
  const pending = new Map<string, PendingRecord>()
  const pendingOf = new Map<Draft, PendingRecord[]>()
  const employers = new Map<Draft, string>()
  for (const draft of drafts) {
    const own: PendingRecord[] = []
    for (const wish of draft.links) {
      if (
        wish.field === "parentId" &&
        wish.name &&
        folded(wish.name) === folded(String(draft.values.name ?? ""))
      )
        continue
      const known = find(wish)
      const missing = known ? undefined : pendingRecord(pending, wish)
      if (missing) own.push(missing)
      const found = known ?? missing
      if (!found) {
        if (wish.name) keepAsText(draft, wish, entity)
        continue
      }
      if (wish.field === "companyId") employers.set(draft, folded(found.name))
      place(draft, wish, found.id)
    }
    dropUnresolved(draft)
    if (own.length > 0) pendingOf.set(draft, own)
  }
  return { pending, pendingOf, employers }
}

interface Found {
  id: string
  name: string
}
async function finder(
  ctx: Context,
  wishes: readonly LinkWish[],
  source: string,
): Promise<(wish: LinkWish) => Found | undefined> {
  const of = (target: LinkTarget) => wishes.filter((wish) => wish.target === target)
  const tables = ["companies", "sources", "locations"] as const
  const [members, foreign, byTable] = await Promise.all([
    of("members").length > 0 ? allMembers(ctx) : [],
    companiesByExternalId(ctx, source, present(of("companies").map(({ externalId }) => externalId))),
    Promise.all(
      tables.map(async (table) => {
        const [byId, byName] = await Promise.all([
          namedById(ctx, table, present(of(table).map(({ id }) => id))),
          idsByName(ctx, table, present(of(table).map(({ name }) => name)).map(folded)),
        ])
        return [table, { byId: new Map(byId.map((row) => [row.id, row])), byName }] as const
      }),
    ),
  ])
  const found = new Map(byTable)
  const byExternalId = new Map(foreign.map((row) => [row.externalId, row]))
  return ({ target, id, name, externalId }) => {
    if (target === "members")
      return members.find(
        (member) =>
          member.id === id ||
          (name !== undefined && [member.email, member.name].some((text) => folded(text) === folded(name))),
      )
    const { byId, byName } = found.get(target)!
    const own = id === undefined ? undefined : byId.get(id)
    const linked = externalId === undefined ? undefined : byExternalId.get(externalId)
    const named = name === undefined ? undefined : byName.get(folded(name))
    return own ?? linked ?? (named === undefined ? undefined : { id: named, name: name as string })
  }
}
function present(values: readonly (string | undefined)[]): string[] {
  return [...new Set(values.filter((value) => value !== undefined && value !== ""))] as string[]
}

function pendingRecord(pending: Map<string, PendingRecord>, wish: LinkWish): PendingRecord | undefined {
  const { target, name } = wish
  if (target === "members" || !name) return undefined
  const key = pendingKey(target, name)
  const record = pending.get(key) ?? { target, id: newId(), name, isWanted: false, isMade: false }
  pending.set(key, record)
  return record
}
function place(draft: Draft, { field, index, part }: LinkWish, id: string): void {
  if (index === undefined || part === undefined) {
    draft.values[field] = id
    return
  }
  const list = draft.values[field] as Record<string, unknown>[] | undefined
  draft.values[field] = list?.map((item, at) => (at === index ? { ...item, [part]: id } : item))
}
/** Entries of a list that stand for a link nobody could find say nothing. */
function dropUnresolved(draft: Draft): void {
  for (const { field, index, part } of draft.links) {
    if (index === undefined || part === undefined) continue
    const list = draft.values[field] as Record<string, unknown>[] | undefined
    draft.values[field] = list?.filter((item) => item[part] !== noId)
  }
}
function keepAsText(draft: Draft, { header, name = "" }: LinkWish, entity: EntityDeclaration): void {
  if (!entity.fields.preferences) draft.lines.push([header, name])
  else
    draft.values.preferences = {
      ...(draft.values.preferences as object | undefined),
      [header.slice(0, 100)]: name,
    }
}
function parentsAsText(draft: Draft, entity: EntityDeclaration): void {
  for (const wish of draft.links) if (wish.field === "parentId" && wish.name) keepAsText(draft, wish, entity)
  draft.links = draft.links.filter(({ field }) => field !== "parentId")
}
