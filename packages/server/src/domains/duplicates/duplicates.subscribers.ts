import type { Subscriber } from "../../kernel/context.ts"
import { passOnDecisions } from "./certain.queries.ts"
import { announcePairs } from "./comparables.ts"

/** Records that were told apart stay so when one of them becomes part of another. */
export const rememberDecisions: Subscriber = {
  name: "duplicates.remember-decisions",
  events: ["person.merged", "company.merged"],
  async handle(ctx, event) {
    const [survivorId] = event.data.ids as string[]
    if (survivorId) passOnDecisions(ctx, survivorId, event.data.merged as string[])
    announcePairs(ctx)
  },
}
