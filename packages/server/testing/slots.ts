import type { Endpoint, EndpointKey } from "@regulars/contract/kernel/endpoint.ts"
import type { InjectOptions } from "fastify"
import { z } from "zod"

/** A place of a documented request that takes a value: `POST /people body emails.0.address`. */
export interface Slot {
  name: string
  /** The request with this value there, and otherwise as the endpoint wants it. */
  fill(value: unknown): InjectOptions
}
/** What a good request needs beside the value: an existing id for the path, and what a body must have. */
export interface Surroundings {
  id: string
  body?: Record<string, unknown> | undefined
}

interface Schema {
  $ref?: string
  type?: string | string[]
  const?: unknown
  enum?: unknown[]
  pattern?: string
  minimum?: number
  minLength?: number
  anyOf?: Schema[]
  properties?: Record<string, Schema>
  required?: string[]
  additionalProperties?: Schema | boolean
  items?: Schema
  $defs?: Record<string, Schema>
}
interface Leaf {
  path: string
  put(value: unknown): unknown
}

/** Every place of an endpoint's path, query and body that takes a value. */
export function slotsOf(key: EndpointKey, endpoint: Endpoint, around: Surroundings): Slot[] {
  const [method = "", path = ""] = key.split(" ")
  const names = path.match(/(?<=:)\w+/g) ?? []
  const base = endpoint.body
    ? { ...(sample(jsonSchema(endpoint.body)) as object), ...around.body }
    : undefined
  const request = (part: {
    params?: Record<string, string>
    query?: object
    body?: unknown
  }): InjectOptions => {
    const filled = path.replace(/:(\w+)/g, (_, name) => encodeURIComponent(part.params?.[name] ?? around.id))
    const query = new URLSearchParams(part.query as Record<string, string>)
    const body = part.body ?? base
    return {
      method: method as "GET",
      url: `/api${path.startsWith("/auth") ? "" : "/v1"}${filled}?${query}`,
      ...(body !== undefined && {
        headers: { "content-type": "application/json" },
        payload: JSON.stringify(body),
      }),
    }
  }
  const inPath = names.map((name) => ({
    name: `${key} path ${name}`,
    fill: (value: unknown) => request({ params: { [name]: String(value) } }),
  }))
  const inQuery = Object.keys(endpoint.query ? (jsonSchema(endpoint.query).properties ?? {}) : {}).map(
    (name) => ({
      name: `${key} query ${name}`,
      fill: (value: unknown) => request({ query: { [name]: String(value) } }),
    }),
  )
  const inBody = (endpoint.body ? leavesOf(jsonSchema(endpoint.body)) : []).map((leaf) => ({
    name: `${key} body ${leaf.path}`,
    fill: (value: unknown) => {
      const { [leaf.path.split(".")[0] as string]: _, ...others } = around.body ?? {}
      return request({ body: { ...(leaf.put(value) as object), ...others } })
    },
  }))
  return [...inPath, ...inQuery, ...inBody]
}

function jsonSchema(schema: z.ZodType): Schema {
  return z.toJSONSchema(schema, { io: "input", unrepresentable: "any" }) as Schema
}
function resolve(schema: Schema, root: Schema): Schema {
  if (schema.$ref === undefined) return schema
  return schema.$ref === "#" ? root : (root.$defs?.[schema.$ref.split("/").at(-1) as string] ?? {})
}

/** Ways to put a value somewhere into what a schema describes; what describes itself is entered once. */
function leavesOf(schema: Schema, root = schema, entered: readonly string[] = []): Leaf[] {
  if (schema.$ref !== undefined) {
    if (entered.includes(schema.$ref)) return []
    return leavesOf(resolve(schema, root), root, [...entered, schema.$ref])
  }
  if (schema.anyOf) return schema.anyOf.flatMap((choice) => leavesOf(choice, root, entered))
  if (schema.items)
    return leavesOf(schema.items, root, entered).map(({ path, put }) => ({
      path: `0.${path}`,
      put: (value) => [put(value)],
    }))
  const { properties, additionalProperties } = schema
  if (!properties && !additionalProperties) return [{ path: "", put: (value) => value }]
  const whole = sample(schema, root) as object
  const named = Object.entries(properties ?? {}).flatMap(([key, part]) =>
    leavesOf(part, root, entered).map(({ path, put }) => ({
      path: `${key}.${path}`,
      put: (value: unknown) => ({ ...whole, [key]: put(value) }),
    })),
  )
  if (!additionalProperties) return named
  return [
    ...named,
    { path: "*", put: (value) => ({ ...whole, some: value }) },
    { path: "key", put: (value) => ({ ...whole, [String(value)]: "x" }) },
  ]
}

/** The least that fits a schema. */
function sample(schema: Schema, root = schema): unknown {
  if (schema.$ref !== undefined) return { search: "x" }
  if (schema.const !== undefined) return schema.const
  if (schema.enum) return schema.enum[0]
  if (schema.anyOf) return sample(schema.anyOf[0] as Schema, root)
  const type = Array.isArray(schema.type) ? schema.type[0] : schema.type
  if (type === "array") return schema.items ? [sample(schema.items, root)] : []
  if (type === "number" || type === "integer") return Math.max(schema.minimum ?? 1, 0)
  if (type === "boolean") return false
  if (type === "object") {
    const { required = [], properties = {} } = schema
    return Object.fromEntries(required.map((key) => [key, sample(properties[key] ?? {}, root)]))
  }
  const pattern = schema.pattern === undefined ? undefined : new RegExp(schema.pattern)
  const fitting = pattern && usual.find((text) => pattern.test(text))
  return fitting ?? "x".repeat(Math.max(schema.minLength ?? 0, 1))
}
/** One of these fits every pattern of ours. */
const usual = [
  "00000000-0000-7000-8000-000000000000",
  "2026-03-17T09:00:00Z",
  "2026-03-17",
  "09:00",
  "a@example.com",
  "example.com",
  "DE",
  "EUR",
  "de",
]
