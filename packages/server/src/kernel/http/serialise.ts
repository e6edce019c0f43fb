import type { Endpoint } from "@regulars/contract/kernel/endpoint.ts"
import fastJson from "fast-json-stringify"
import { z } from "zod"

type JsonSchema = Record<string, unknown>

/**
 * Makes the function that writes an endpoint's answer. It knows only what the schema names, so a column that
 * slips into a query never reaches a caller. Compiled on first use: the start need not wait for all of them.
 */
export function serialiserOf(endpoint: Endpoint): (value: unknown) => string {
  let write: ((value: unknown) => string) | undefined
  return (value) => {
    write ??= fastJson(simplify(answerSchema(endpoint)) as fastJson.Schema)
    return write(value)
  }
}
export function answerSchema(endpoint: Endpoint): JsonSchema {
  return endpoint.response
    ? (z.toJSONSchema(endpoint.response, { io: "output", unrepresentable: "any" }) as JsonSchema)
    : {}
}

/** `anyOf: [X, null]` → `X` with `nullable`: the writer is many times faster without alternatives to try. */
function simplify(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(simplify)
  if (typeof schema !== "object" || schema === null) return schema
  const { $schema: _, ...rest } = schema as JsonSchema
  const options = rest.anyOf as JsonSchema[] | undefined
  if (options?.length === 2 && options[1]?.type === "null")
    return { ...(simplify(options[0]) as JsonSchema), nullable: true }
  return Object.fromEntries(
    Object.entries(rest).map(([key, value]) => [key, key === "enum" ? value : simplify(value)]),
  )
}
