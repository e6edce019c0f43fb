import { choicesSchema, customSchema } from "@regulars/contract/kernel/entity.schema.ts"
import type { EntityDeclaration } from "@regulars/contract/kernel/entity.ts"
import { spreadCustom } from "@regulars/contract/kernel/own-fields.ts"
import { z } from "zod"
import { refuseFields } from "../access/usable.ts"
import type { Context } from "../context.ts"
import type { Values } from "../records/columns.ts"
import { validationError } from "./problem.ts"

/**
 * The values of a body, own ones beside the others. Throws for those no own field takes, for choices the workspace does
 * not have, and for what the caller may not write.
 */
export function withOwnValues(
  ctx: Context,
  entity: EntityDeclaration,
  body: unknown,
  options: { isNew: boolean },
): Values {
  refuseFields(ctx, entity, body as Values)
  const { custom, ...values } = body as Values
  const choices = choicesSchema(entity).safeParse(values)
  if (!choices.success) throw validationError(choices.error, "body")
  const own = customSchema(entity, options).safeParse(custom)
  if (!own.success) throw validationError(withPath("custom", own.error), "body")
  return spreadCustom({ ...values, custom: own.data })
}
function withPath(path: string, error: z.ZodError): z.ZodError {
  return new z.ZodError(error.issues.map((issue) => ({ ...issue, path: [path, ...issue.path] })))
}
