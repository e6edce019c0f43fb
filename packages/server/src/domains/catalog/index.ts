import { products as declared } from "@regulars/contract/domains/catalog.ts"
import { lineOf, type Offered } from "@regulars/contract/domains/lines.ts"
import { isDecimal } from "@regulars/contract/kernel/decimal.ts"
import type { MoneyValue } from "@regulars/contract/kernel/fields.ts"
import { moneyText } from "@regulars/contract/kernel/money.ts"
import { usableEntity } from "../../kernel/access/usable.ts"
import type { CheckedChange, Context, DomainParts, EntityRules, RefusedChange } from "../../kernel/context.ts"
import { invalid } from "../../kernel/errors.ts"
import type { Values } from "../../kernel/records/columns.ts"
import { getRecords } from "../../kernel/records/read.ts"
import { imagesAmong } from "../files/index.ts"

const products: EntityRules = {
  prepares: ["price", "cost", "taxRate"],
  prepare: preparedProduct,
  checks: [{ fields: ["imageId"], refused: otherImages }],
}

/** A product says what a line of it can hold. Throws `validation_failed` for anything else. */
function preparedProduct(values: Values): Values {
  for (const key of ["price", "cost"]) {
    const money = values[key] as MoneyValue | null | undefined
    if (money && !isDecimal(moneyText(money)))
      throw invalid(key, "too_large", "has at most twelve digits before the point")
  }
  const { taxRate } = values
  if (typeof taxRate !== "number") return values
  if (taxRate < 0 || taxRate > 100)
    throw invalid("taxRate", "out_of_range", "must lie between 0 and 100 percent")
  if (!isDecimal(String(taxRate)))
    throw invalid("taxRate", "out_of_range", "has at most six places behind the point")
  return values
}

async function otherImages(ctx: Context, changes: readonly CheckedChange[]): Promise<RefusedChange[]> {
  const pictures = changes.map(({ after }) => String(after.imageId))
  const images = await imagesAmong(ctx, [...new Set(pictures)])
  const error = invalid("imageId", "not_an_image", "must be a picture: JPEG, PNG, GIF, WebP or AVIF")
  return pictures.flatMap((id, index) => (images.has(id) ? [] : [{ index, error }]))
}

const offeredKeys = ["unit", "price", "cost", "taxRate", "variants"] as const
/**
 * Lines beginning as these products, or as a named variant, by their ids, for a document in a currency. Holds only what the caller may see:
 * whoever may not know what a product costs does not find it in a line.
 */
export async function offeredLines(
  ctx: Context,
  ids: readonly string[],
  currency: string,
): Promise<ReadonlyMap<string, (variant?: string | null) => Values>> {
  const { fields } = usableEntity(ctx, ctx.registry.entity("products") ?? declared)
  const keys = ["id", "name", ...offeredKeys].filter((key) => key === "id" || key in fields)
  const found = await getRecords(ctx, declared, [...new Set(ids)], { keys })
  return new Map(
    found.map((product) => [
      product.id,
      (variant) => ({
        ...lineOf(product as unknown as Offered, currency),
        ...ofVariant(ctx, product, { variant, currency, keys }),
      }),
    ]),
  )
}
/** What a variant says itself; its prices are in the currency of its product's. */
function ofVariant(
  ctx: Context,
  product: Values,
  {
    variant,
    currency,
    keys,
  }: { variant?: string | null | undefined; currency: string; keys: readonly string[] },
): Values {
  const chosen = ((product.variants ?? []) as Values[]).find(({ name }) => name === variant)
  const told = ([key, as]: readonly [string, string]) => {
    const own = (product[key] as MoneyValue | null | undefined)?.currency ?? ctx.currency
    const isTold = chosen?.[key] != null && own === currency && keys.includes(key)
    return isTold ? [[as, chosen[key]]] : []
  }
  const pairs = [
    ["price", "unitPrice"],
    ["cost", "unitCost"],
  ] as const
  return Object.fromEntries(pairs.flatMap(told))
}

export const catalogDomain: DomainParts = { rules: { products } }
