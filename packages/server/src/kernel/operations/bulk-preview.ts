import type { BulkBody, BulkPreview } from "@regulars/contract/kernel/bulk-endpoints.ts"
import type { EntityDeclaration } from "@regulars/contract/kernel/entity.ts"
import { permitted } from "../access/policy.ts"
import { usableEntity } from "../access/usable.ts"
import type { BulkAction, BulkPlan, Context } from "../context.ts"
import { allOf, type Sql, sql } from "../db/sql.ts"
import { column, table } from "../records/columns.ts"
import { scope } from "../records/list.ts"
import { checkedAction, reachable, targetsOf } from "./bulk.ts"
import { addLeft, type LeftCount, leftAlone, refusedRecord } from "./left-alone.ts"
import { named } from "./name-stayed.ts"

/** Records looked at one by one; of more, the first. */
const mostLooked = 10_000
/** Records named. */
const mostShown = 20

/**
 * What an action on many records would come to, without doing it: counted by one statement where the action can say
 * whom it would change, else found out of the records themselves, in as many statements however many are refused.
 * Throws what starting it would throw.
 */
export async function previewBulk(
  ctx: Context,
  entity: EntityDeclaration,
  request: BulkBody,
): Promise<BulkPreview> {
  const action = await checkedAction(ctx, entity, request)
  const foreseen = await action.foresee(ctx, entity, request.input)
  const asked = { action, request }
  return typeof foreseen === "function"
    ? lookAt(ctx, entity, asked, foreseen)
    : countAll(ctx, entity, asked, foreseen)
}
interface Asked {
  action: BulkAction
  request: BulkBody
}

async function countAll(
  ctx: Context,
  entity: EntityDeclaration,
  { action: { deleted, reach }, request: { filter, ids } }: Asked,
  changing: Sql,
): Promise<BulkPreview> {
  const id = column(entity, "id")
  const among = allOf([
    ...scope(ctx, usableEntity(ctx, entity), { filter, deleted }),
    ...(ids ? [sql`${id} = any (${ids}::uuid[])`] : []),
  ])
  const within = permitted(ctx, entity, reach)
  const counted = await ctx.tx.row<{ total: number; open: number; changed: number }>(sql`
    select count(*) as total, count(*) filter (where ${within}) as open,
      count(*) filter (where ${within} and ${changing}) as changed
    from ${table(entity)} where ${among}`)
  const { total, open, changed } = counted ?? { total: 0, open: 0, changed: 0 }
  const closed =
    open === total
      ? []
      : await ctx.tx.rows<{ id: string }>(sql`
          select ${id} as id from ${table(entity)} where ${among} and (${within}) is not true order by 1 limit ${mostShown}`)
  const refused = closed.map((record) => leftAlone(entity, record, ["record"], "forbidden"))
  return {
    ...{ total, changed, refusedCount: total - open },
    ...{ refused: await named(ctx, refused), isWhole: true },
  }
}

async function lookAt(
  ctx: Context,
  entity: EntityDeclaration,
  { action, request }: Asked,
  look: (ids: readonly string[]) => Promise<BulkPlan>,
): Promise<BulkPreview> {
  const ids = await targetsOf(ctx, entity, action, request)
  const left: LeftCount = { count: 0, first: [] }
  const looked = ids.slice(0, mostLooked)
  const { open, closed } = await reachable(ctx, entity, action, looked)
  const { changed, refused } = await look(open)
  addLeft(left, [...closed, ...refused.map(({ id, error }) => refusedRecord(entity, { id }, error))])
  return {
    ...{ total: open.length + closed.length + ids.length - looked.length, changed },
    ...{
      refusedCount: left.count,
      refused: await named(ctx, left.first.slice(0, mostShown)),
      isWhole: looked.length === ids.length,
    },
  }
}
