import { products as declared } from "@regulars/contract/domains/catalog.ts"
import { lineOf, type Offered } from "@regulars/contract/domains/lines.ts"
import { usableEntity } from "../../kernel/access/usable.ts"
import type { CheckedChange, Context, DomainParts, EntityRules, RefusedChange } from "../../kernel/context.ts"
import { invalid } from "../../kernel/errors.ts"
import type { Values } from "../../kernel/records/columns.ts"
import { getRecords } from "../../kernel/records/read.ts"
import { imagesAmong } from "../files/index.ts"

const products: EntityRules = { checks: [{ fields: ["imageId"], refused: otherImages }] }

async function otherImages(ctx: Context, changes: readonly CheckedChange[]): Promise<RefusedChange[]> {
  const pictures = changes.map(({ after }) => String(after.imageId))
  const images = await imagesAmong(ctx, [...new Set(pictures)])
  const error = invalid("imageId", "not_an_image", "must be a picture: JPEG, PNG, GIF, WebP or AVIF")
  return pictures.flatMap((id, index) => (images.has(id) ? [] : [{ index, error }]))
}

const offeredKeys = ["unit", "price", "cost", "taxRate"] as const
/**
 * Lines beginning as these products, by their ids, for a document in a currency. Holds only what the caller may see:
 * whoever may not know what a product costs does not find it in a line.
 */
export async function offeredLines(
  ctx: Context,
  ids: readonly string[],
  currency: string,
): Promise<ReadonlyMap<string, Values>> {
  const { fields } = usableEntity(ctx, ctx.registry.entity("products") ?? declared)
  const keys = ["id", "name", ...offeredKeys].filter((key) => key === "id" || key in fields)
  const found = await getRecords(ctx, declared, [...new Set(ids)], { keys })
  return new Map(
    found.map((product) => [product.id, lineOf(product as unknown as Offered, currency)] as const),
  )
}

export const catalogDomain: DomainParts = { rules: { products } }
