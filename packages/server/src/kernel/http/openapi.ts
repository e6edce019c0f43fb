import type { Endpoint, EndpointKey } from "@regulars/contract/kernel/endpoint.ts"
import { errorStatus } from "@regulars/contract/kernel/errors.ts"
import { z } from "zod"
import { answerSchema } from "./serialise.ts"
import { apiPath } from "./server.ts"

type Json = Record<string, unknown>

/** The OpenAPI 3.1 description, from the same declarations that the server runs on. */
export function openApi(endpoints: Record<EndpointKey, Endpoint>): Json {
  const paths: Record<string, Json> = {}
  for (const [key, endpoint] of Object.entries(endpoints) as [EndpointKey, Endpoint][]) {
    const [method = "", path = ""] = key.split(" ")
    const address = apiPath(path).replace(/:([A-Za-z]+)/g, "{$1}")
    paths[address] = { ...paths[address], [method.toLowerCase()]: describe(path, endpoint) }
  }
  return {
    openapi: "3.1.0",
    info: {
      title: "Regulars",
      version: "1",
      description: "The customer record of a small business. The web app uses this same API.",
      license: { name: "MIT" },
    },
    servers: [{ url: "/" }],
    security: [{ key: [] }, { session: [] }],
    paths,
    components: {
      securitySchemes: {
        key: { type: "http", scheme: "bearer", bearerFormat: "rg_…" },
        session: { type: "apiKey", in: "cookie", name: "regulars" },
      },
      schemas: { Problem: problemSchema },
    },
  }
}
const problemSchema: Json = {
  type: "object",
  required: ["type", "title", "status", "code", "requestId"],
  properties: {
    type: { type: "string" },
    title: { type: "string" },
    status: { type: "integer" },
    code: { type: "string", enum: Object.keys(errorStatus) },
    detail: { type: "string" },
    errors: {
      type: "array",
      items: {
        type: "object",
        properties: { path: { type: "string" }, code: { type: "string" }, message: { type: "string" } },
      },
    },
    details: { type: "object" },
    requestId: { type: "string" },
  },
}
const problem: Json = {
  description: "A problem document",
  content: { "application/problem+json": { schema: { $ref: "#/components/schemas/Problem" } } },
}

function describe(path: string, endpoint: Endpoint): Json {
  const status = String(endpoint.status ?? 200)
  const answer = endpoint.response
    ? { content: { "application/json": { schema: withoutDialect(answerSchema(endpoint)) } } }
    : {}
  return {
    summary: endpoint.summary,
    tags: [path.split("/")[1]],
    ...(endpoint.permission === "public" && { security: [] }),
    "x-permission": endpoint.permission,
    parameters: [...parametersOf(endpoint.params, "path"), ...parametersOf(endpoint.query, "query")],
    ...(endpoint.body && {
      requestBody: {
        required: true,
        content: { "application/json": { schema: inputSchema(endpoint.body) } },
      },
    }),
    ...(endpoint.multipart && {
      requestBody: { content: { "multipart/form-data": { schema: { type: "object" } } } },
    }),
    responses: { [status]: { description: "Good", ...answer }, default: problem },
  }
}
function parametersOf(schema: z.ZodType | undefined, place: "path" | "query"): Json[] {
  if (!schema) return []
  const { properties = {}, required = [] } = inputSchema(schema) as { properties?: Json; required?: string[] }
  return Object.entries(properties).map(([name, property]) => ({
    name,
    in: place,
    required: place === "path" || required.includes(name),
    schema: property,
  }))
}
function inputSchema(schema: z.ZodType): Json {
  return withoutDialect(z.toJSONSchema(schema, { io: "input", unrepresentable: "any" }) as Json)
}
function withoutDialect({ $schema: _, ...schema }: Json): Json {
  return schema
}
