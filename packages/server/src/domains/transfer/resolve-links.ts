import type { EntityDeclaration } from "@regulars/contract/kernel/entity.ts"
import type { RecordReference } from "@regulars/contract/kernel/fields.ts"
import type { Context } from "../../kernel/context.ts"
import { newId } from "../../kernel/ids.ts"
import { lookUpForm } from "../../kernel/records/lookups.ts"
import { allMembers, companiesByExternalId, idsByName, type Named, namedById } from "./link.queries.ts"
import { keepsTexts } from "./recognise/targets.ts"
import type { AboutWish, Draft, LinkWish } from "./rows/draft.ts"
import { noId } from "./rows/own-steps.ts"

/** A record that rows refer to by a name nobody has yet; made if one of these rows is written. */
export interface PendingRecord {
  target: string
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
const pendingKey = (target: string, name: string) => `${target} ${folded(name)}`
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
  const found = await finder(ctx, drafts, source)
  const pending = new Map<string, PendingRecord>()
  const pendingOf = new Map<Draft, PendingRecord[]>()
  const employers = new Map<Draft, string>()
  for (const draft of drafts) {
    const own: PendingRecord[] = []
    for (const wish of draft.links) {
      const isOwnName = wish.name && folded(wish.name) === folded(String(draft.values[entity.title] ?? ""))
      if (wish.target === entity.name && isOwnName) continue
      const known = found.link(wish)
      const missing = known ? undefined : pendingRecord(ctx, pending, wish)
      if (missing) own.push(missing)
      const linked = known ?? missing
      if (!linked) {
        if (wish.name) keepAsText(draft, wish, entity, wish.name)
        continue
      }
      if (wish.field === "companyId") employers.set(draft, folded(linked.name))
      place(draft, wish, linked.id)
    }
    dropUnresolved(draft)
    for (const wish of draft.about) {
      const { references, missing } = found.about(wish)
      if (references.length > 0) draft.values[wish.field] = references
      if (missing.length > 0) keepAsText(draft, wish, entity, missing.join("; "))
    }
    if (own.length > 0) pendingOf.set(draft, own)
  }
  return { pending, pendingOf, employers }
}

interface Finder {
  link(wish: LinkWish): Named | undefined
  /** By reference; where these mean nothing here, by name. */
  about(wish: AboutWish): { references: RecordReference[]; missing: string[] }
}
/** Reads whatever the rows refer to: for each entity once by id and once by name. */
async function finder(ctx: Context, drafts: readonly Draft[], source: string): Promise<Finder> {
  const links = drafts.flatMap((draft) => draft.links)
  const about = drafts.flatMap((draft) => draft.about)
  const targets = new Set([...links.map(({ target }) => target), ...about.flatMap((wish) => wish.targets)])
  const tables = [...targets].flatMap((target) =>
    ctx.permissions.has(`${target}:read`) ? (ctx.registry.entity(target) ?? []) : [],
  )
  const ofCompanies = links.filter(({ target }) => target === "companies")
  const [members, foreign, byTable] = await Promise.all([
    targets.has("members") ? allMembers(ctx) : [],
    companiesByExternalId(ctx, source, present(ofCompanies.map(({ externalId }) => externalId))),
    Promise.all(
      tables.map(async (table) => {
        const own = links.filter(({ target }) => target === table.name)
        const others = about.filter((wish) => wish.targets.includes(table.name))
        const references = others.flatMap((wish) => wish.references)
        const ids = [
          ...own.map(({ id }) => id),
          ...references.map(({ type, id }) => (type === table.singular ? id : undefined)),
        ]
        const names = [...own.map(({ name }) => name), ...others.flatMap((wish) => wish.names)]
        const [byId, byName] = await Promise.all([
          namedById(ctx, table, present(ids)),
          idsByName(ctx, table, present(names).map(folded)),
        ])
        return [table.name, { byId: new Map(byId.map((row) => [row.id, row])), byName }] as const
      }),
    ),
  ])
  const found = new Map(byTable)
  const byExternalId = new Map(foreign.map((row) => [row.externalId, row]))
  const byId = (target: string, id: string) => found.get(target)?.byId.get(id)
  const byName = (target: string, name: string) => found.get(target)?.byName.get(folded(name))
  return {
    about({ targets, references, names }) {
      const among = tables.filter(({ name }) => targets.includes(name))
      const here = references.filter(({ type, id }) =>
        among.some((table) => table.singular === type && byId(table.name, id)),
      )
      if (here.length > 0) return { references: here, missing: [] }
      const hits = names.map((name) => ({
        name,
        reference: among.flatMap((table) => {
          const id = byName(table.name, name)
          return id ? [{ type: table.singular, id }] : []
        })[0],
      }))
      return {
        references: hits.flatMap(({ reference }) => reference ?? []),
        missing: hits.flatMap(({ name, reference }) => (reference ? [] : [name])),
      }
    },
    link({ target, id, name, externalId }) {
      if (target === "members")
        return members.find(
          (member) =>
            member.id === id ||
            (name !== undefined && [member.email, member.name].some((text) => folded(text) === folded(name))),
        )
      const own = id === undefined ? undefined : byId(target, id)
      const linked = externalId === undefined ? undefined : byExternalId.get(externalId)
      const named = name === undefined ? undefined : byName(target, name)
      return own ?? linked ?? (named === undefined ? undefined : { id: named, name: name as string })
    },
  }
}
function present(values: readonly (string | undefined)[]): string[] {
  return [...new Set(values.filter((value) => value !== undefined && value !== ""))] as string[]
}

function pendingRecord(
  ctx: Context,
  pending: Map<string, PendingRecord>,
  wish: LinkWish,
): PendingRecord | undefined {
  const { target, name } = wish
  const entity = ctx.registry.entity(target)
  if (!entity || !name || !isMadeOfName(entity) || !ctx.permissions.has(`${target}:create`)) return undefined
  const key = pendingKey(target, name)
  const record = pending.get(key) ?? { target, id: newId(), name, isWanted: false, isMade: false }
  pending.set(key, record)
  return record
}
/** Whether a name alone makes a record of it. */
function isMadeOfName({ fields, title, needsOneOf }: EntityDeclaration): boolean {
  const isEnough = needsOneOf === undefined || needsOneOf.includes(title)
  return isEnough && Object.entries(fields).every(([key, field]) => key === title || !field.required)
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
/** A name that nobody bears is not lost: it is kept as text, or its row is refused where there is no place for it. */
function keepAsText(
  draft: Draft,
  { header, column = null }: Pick<LinkWish, "header"> & { column?: number | null },
  entity: EntityDeclaration,
  name: string,
): void {
  if (!keepsTexts(entity)) draft.problems.push({ column, code: "link_unknown", value: name.slice(0, 200) })
  else if (!entity.fields.preferences) draft.lines.push([header, name])
  else
    draft.values.preferences = {
      ...(draft.values.preferences as object | undefined),
      [header.slice(0, 100)]: name,
    }
}
/** Links to records of the same kind, whose names are then kept as text. */
function parentsAsText(draft: Draft, entity: EntityDeclaration): void {
  const isParent = ({ target }: LinkWish) => target === entity.name
  for (const wish of draft.links) if (isParent(wish) && wish.name) keepAsText(draft, wish, entity, wish.name)
  draft.links = draft.links.filter((wish) => !isParent(wish))
}
