import type { SearchHit } from "@regulars/contract/domains/general.endpoints.ts"
import type { EntityDeclaration } from "@regulars/contract/kernel/entity.ts"
import { restriction } from "../../kernel/access/policy.ts"
import { hidesSearched, hidesSubtitles, usableEntity } from "../../kernel/access/usable.ts"
import type { Context } from "../../kernel/context.ts"
import { invalid } from "../../kernel/errors.ts"
import { wordField } from "../../kernel/records/lookups.ts"
import { namesOf } from "../../kernel/records/read.ts"
import {
  findBeginnings,
  findInReach,
  findInTexts,
  findNearest,
  type NameHit,
  type TextHit,
  type Titled,
  titlesOf,
} from "./search.queries.ts"
import { highlight, otherSpelling, type Query, ranks, readQuery } from "./search.rules.ts"

/** Looked up for each hit asked for, since some may lie in the bin. */
const spare = 2

/**
 * Records found by typing, best first: a name that is it or begins with it, a word of a name, an address or
 * number, then texts that begin with it, hold a word of it or hold it anywhere; names that are nearly it only
 * when there is nothing else. `types` are names of entities or of their records. Only what the caller may read.
 */
export async function search(
  ctx: Context,
  request: { q: string; types?: readonly string[] | undefined; limit: number },
): Promise<SearchHit[]> {
  const entities = searchedEntities(ctx, request.types)
  const spellings = readQuery(request.q)
  if (spellings.length === 0 || entities.length === 0) return []
  const scores = await findScores(ctx, entities, spellings, request.limit * spare)
  const best = [...scores].sort(([, one], [, other]) => other - one).slice(0, request.limit * spare * 4)
  const titled = await titlesOf(
    ctx,
    best.map(([id]) => id),
  )
  return (await asSeen(ctx, titled))
    .sort(inOrder(ctx, scores))
    .slice(0, request.limit)
    .map(({ entity, id, title, subtitle }) => ({
      type: ctx.registry.entity(entity)?.singular ?? entity,
      id,
      title,
      subtitle,
      highlight: highlight(
        title,
        spellings.map(({ text }) => text),
      ),
    }))
}

/** Those the caller sees, called what they may be called for this caller. */
async function asSeen(ctx: Context, titled: readonly Titled[]): Promise<Titled[]> {
  if (!ctx.access) return [...titled]
  const ids = new Map(
    [...Map.groupBy(titled, ({ entity }) => entity)].map(([name, own]) => [
      name,
      new Set(own.map(({ id }) => id)),
    ]),
  )
  const names = await namesOf(ctx, ids)
  return titled.flatMap((hit) => {
    const title = names[hit.entity]?.[hit.id]
    const entity = ctx.registry.entity(hit.entity)
    if (title === undefined || !entity) return []
    return { ...hit, title, subtitle: hidesSubtitles(ctx, entity) ? null : hit.subtitle }
  })
}

/** How well records fit, by id. Other spellings and near names are looked for only as far as needed. */
async function findScores(
  ctx: Context,
  entities: readonly EntityDeclaration[],
  spellings: readonly Query[],
  limit: number,
): Promise<ReadonlyMap<string, number>> {
  // The texts hold hidden fields as well: where some are, names and what else begins with it must do.
  const open = entities.filter((entity) => !hidesSearched(ctx, entity.name))
  const names = open.flatMap((entity) => (restriction(ctx, entity) ? [] : entity.name))
  const reached = open.filter((entity) => restriction(ctx, entity))
  const find = async (query: Query, nearly: boolean): Promise<TextHit[]> => {
    const all = nearly
      ? query.patterns.length > 0 && findNearest(ctx, query.text, names, limit)
      : findInTexts(ctx, query, names, limit)
    const own = reached.map((entity) => findInReach(ctx, query, entity, { nearly, limit }))
    return (await Promise.all([all || [], ...own])).flat()
  }
  const texts = spellings.map(({ text }) => text)
  const [typed, ...others] = spellings as [Query, ...Query[]]
  const scores = new Map<string, number>()
  const note = (id: string, score: number) => scores.set(id, Math.max(score, scores.get(id) ?? 0))
  const [beginnings, found] = await Promise.all([
    findBeginnings(ctx, beginningFields(entities), texts, limit),
    find(typed, false),
  ])
  for (const hit of beginnings) note(hit.id, rankOf(ctx, hit) - (hit.text === typed.text ? 0 : otherSpelling))
  for (const { id, score } of found) note(id, score)
  for (const spelling of others) {
    if (scores.size > 0) break
    for (const { id, score } of await find(spelling, false)) note(id, score)
  }
  if (scores.size === 0) for (const { id, score } of await find(typed, true)) note(id, score)
  return scores
}

/** Best first; then people before companies and so on; names by the alphabet, texts newest first. */
function inOrder(ctx: Context, scores: ReadonlyMap<string, number>): (one: Titled, other: Titled) => number {
  const places = new Map(ctx.registry.entities.map(({ name }, place) => [name, place]))
  const place = (hit: Titled) => places.get(hit.entity) ?? places.size
  return (one, other) =>
    (scores.get(other.id) ?? 0) - (scores.get(one.id) ?? 0) ||
    place(one) - place(other) ||
    (ctx.registry.entity(one.entity)?.timeline
      ? one.title.localeCompare(other.title)
      : other.id.localeCompare(one.id))
}

function searchedEntities(ctx: Context, types: readonly string[] | undefined): EntityDeclaration[] {
  const wanted = types?.map((type) => {
    const entity = ctx.registry.entity(type) ?? ctx.registry.entityOfSubject(type)
    if (!entity) throw invalid("types", "unknown_type", `names the unknown type "${type.slice(0, 60)}"`)
    return entity
  })
  const readable = ctx.registry.entities.filter(({ name }) => ctx.permissions.has(`${name}:read`))
  const searched = wanted?.length ? readable.filter((entity) => wanted.includes(entity)) : readable
  return searched.map((entity) => usableEntity(ctx, entity))
}

/** Fields by whose beginning a record is found: its name and the words of it, addresses, numbers, domains. */
function beginningFields(entities: readonly EntityDeclaration[]): { entity: string; field: string }[] {
  return entities.flatMap((entity) => {
    const fields = Object.entries(entity.fields).flatMap(([key, field]) =>
      field.lookUp && field.search ? [{ entity: entity.name, field: key }] : [],
    )
    const isNamed = fields.some(({ field }) => field === entity.title)
    return isNamed ? [...fields, { entity: entity.name, field: wordField(entity) }] : fields
  })
}
function rankOf(ctx: Context, { entity, field, value, text }: NameHit): number {
  const isName = field === ctx.registry.entity(entity)?.title
  if (value === text) return isName ? ranks.exact : ranks.beginsName
  if (isName) return ranks.beginsName
  return field.endsWith(".word") ? ranks.beginsWord : ranks.beginsContact
}
