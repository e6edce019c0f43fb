import { dealLists } from "./domains/deals.ts"
import { orderLists } from "./domains/orders.ts"
import type { ChoiceLists } from "./kernel/choice-lists.ts"

/** Every list of choices that a workspace may change, as the product declares it; fields name theirs by `choicesFrom`. */
export const choiceLists = { ...dealLists, ...orderLists } satisfies ChoiceLists
export type ChoiceListName = keyof typeof choiceLists
