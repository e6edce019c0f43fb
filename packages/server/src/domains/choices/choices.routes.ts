import { choicesEndpoints } from "@regulars/contract/domains/choices.endpoints.ts"
import { type ListedChoice, listed } from "@regulars/contract/kernel/choice-lists.ts"
import type { Context } from "../../kernel/context.ts"
import { notFound } from "../../kernel/errors.ts"
import { type Handlers, implement } from "../../kernel/http/handlers.ts"
import {
  allLists,
  idFrom,
  listNamed,
  livingChoice,
  moveRecords,
  namer,
  placed,
  writeList,
} from "./choices.service.ts"

/** A list that stands for itself; pipelines and their stages have endpoints of their own. */
function plainList(ctx: Context, list: string): readonly ListedChoice[] {
  if (["dealPipelines", "dealStages"].includes(list)) throw notFound()
  return listNamed(ctx, list)
}
function answer(ctx: Context, list: string, entry: ListedChoice) {
  return { data: { ...entry, options: { ...entry.options }, name: namer(ctx, list)(entry) } }
}

export const choicesHandlers: Handlers = implement(choicesEndpoints, {
  "GET /choice-lists": async (ctx) => ({ data: allLists(ctx) }),
  "POST /choice-lists/:list": async (ctx, { params: { list }, body }) => {
    const entries = plainList(ctx, list)
    const entry: ListedChoice = {
      ...listed(idFrom(body.label, entries), { color: body.color ?? null }),
      label: body.label,
    }
    writeList(ctx, list, placed(entries, entry, body.position))
    return answer(ctx, list, entry)
  },
  "PATCH /choice-lists/:list/:id": async (ctx, { params: { list, id }, body }) => {
    const entries = plainList(ctx, list)
    const before = livingChoice(entries, id)
    const { label = before.label, color = before.color } = body
    const entry = { ...before, label, color }
    writeList(ctx, list, placed(entries, entry, body.position))
    return answer(ctx, list, entry)
  },
  "DELETE /choice-lists/:list/:id": async (ctx, { params: { list, id }, query }) => {
    const entries = plainList(ctx, list)
    const entry = livingChoice(entries, id)
    const rest = entries.filter((other) => other !== entry)
    if (query.moveTo !== undefined) livingChoice(rest, query.moveTo)
    await moveRecords(ctx, list, [id], query.moveTo)
    writeList(ctx, list, placed(entries, { ...entry, deletedAt: ctx.now().toISOString() }, undefined))
  },
})
