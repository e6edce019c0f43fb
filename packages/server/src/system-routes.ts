import { join } from "node:path"
import { endpoints } from "@regulars/contract/endpoints.ts"
import type { FastifyInstance } from "fastify"
import type { Services } from "./kernel/context.ts"
import { AppError } from "./kernel/errors.ts"
import { openApi } from "./kernel/http/openapi.ts"
import { answerError } from "./kernel/http/server.ts"
import { serveWebApp } from "./kernel/http/static.ts"

const webApp = join(import.meta.dirname, "../../web/dist")

/** Addresses outside the declared API: health, its description, the web app. */
export async function registerSystemRoutes(server: FastifyInstance, services: Services): Promise<void> {
  let description: string | undefined
  server.get("/healthz", async () => ({ status: "ok" }))
  server.get("/readyz", async (_, reply) => {
    try {
      await services.pools.owner.query("select from workspaces limit 1")
      return { status: "ready" }
    } catch {
      reply.code(503).header("retry-after", "1")
      return { status: "not ready" }
    }
  })
  server.get("/api/v1/openapi.json", async (_, reply) => {
    description ??= JSON.stringify(openApi(endpoints))
    return reply.type("application/json").send(description)
  })
  server.get("/api/docs", async (_, reply) => reply.type("text/html; charset=utf-8").send(documentation()))
  await serveWebApp(server, webApp, (request, reply) =>
    answerError(
      services,
      new AppError("not_found", { detail: "There is nothing at this address." }),
      request,
      reply,
    ),
  )
}

/** The API as a page to read: every endpoint with its permission, by area. */
function documentation(): string {
  const areas = Map.groupBy(Object.entries(endpoints), ([key]) => key.split("/")[1] as string)
  const sections = [...areas].map(([area, own]) => {
    const rows = own.map(([key, endpoint]) => {
      const [method, path = ""] = key.split(" ")
      const base = path.startsWith("/auth/") ? "/api" : "/api/v1"
      return `<tr><td>${method}</td><td><code>${base}${path}</code></td><td>${endpoint.summary}</td><td>${endpoint.permission}</td></tr>`
    })
    return `<h2>${area}</h2><table><thead><tr><th>Method</th><th>Address</th><th>What it does</th><th>Permission</th></tr></thead><tbody>${rows.join("")}</tbody></table>`
  })
  return `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Regulars API</title>
<style>body{font:15px/1.5 system-ui,sans-serif;max-width:70rem;margin:2rem auto;padding:0 1rem;color:#1c1917;background:#fdfcfb}table{border-collapse:collapse;width:100%}td,th{text-align:left;padding:.3rem .6rem;border-bottom:1px solid #e7e5e4;vertical-align:top}</style>
<h1>Regulars API</h1><p>Send <code>Authorization: Bearer rg_…</code> with a key from Settings → API keys. Schemas of every request and answer: <a href="/api/v1/openapi.json">openapi.json</a> (OpenAPI 3.1).</p>${sections.join("")}</html>`
}
