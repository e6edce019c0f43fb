import { existsSync } from "node:fs"
import { join } from "node:path"
import fastifyStatic from "@fastify/static"
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify"

/** Serves the built web app: its files by name, its page for every other address outside the API. */
export async function serveWebApp(
  server: FastifyInstance,
  folder: string,
  otherwise: (request: FastifyRequest, reply: FastifyReply) => Promise<unknown>,
): Promise<void> {
  const present = existsSync(join(folder, "index.html"))
  if (present)
    await server.register(fastifyStatic, {
      root: folder,
      wildcard: false,
      index: false,
      preCompressed: true,
      cacheControl: false,
      setHeaders(reply, path) {
        // Names in assets/ carry a hash of their content.
        reply.header(
          "cache-control",
          path.includes(`${join(folder, "assets")}`) ? "public, max-age=31536000, immutable" : "no-cache",
        )
      },
    })
  server.setNotFoundHandler(async (request, reply) => {
    // What is behind the path is the page's own business: a search for an address ends like the name of a file.
    const [path = ""] = request.url.split("?")
    const isPage =
      (request.method === "GET" || request.method === "HEAD") &&
      !/^\/(\/|api(\/|$))/i.test(path) &&
      !/\.[a-z0-9]{1,12}$/i.test(path)
    if (isPage && present) return reply.header("cache-control", "no-cache").sendFile("index.html")
    return otherwise(request, reply)
  })
}
