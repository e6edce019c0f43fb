import { loadSample } from "../domains/sample/index.ts"
import { createWorkspace } from "../domains/workspace/index.ts"
import { AppError } from "../kernel/errors.ts"
import { asSystem } from "../kernel/jobs/run.ts"
import { type Command, textOption, UsageProblem, withServices } from "./command.ts"

/** What the API calls its fields, by the option that sets them. */
const optionOf: Record<string, string> = {
  "workspace.name": "workspace",
  "workspace.country": "country",
  "workspace.currency": "currency",
  "workspace.timeZone": "zone",
  "workspace.language": "language",
  "owner.name": "name",
  "owner.email": "email",
  "owner.password": "password",
}
/** A mistake in what was given, told by the names of the options. */
export function inOptions(error: unknown): unknown {
  const [wrong] = error instanceof AppError ? (error.info.errors ?? []) : []
  return wrong ? new UsageProblem(`--${optionOf[wrong.path] ?? wrong.path} ${wrong.message}.`) : error
}

export const setup: Command = {
  usage:
    "setup --workspace NAME --email E --password P [--name N] [--country CC] [--currency CUR] [--zone Z] [--language L] [--sample coffee]",
  about: "makes a workspace with its owner, also a second one and while the server runs",
  options: {
    workspace: "text",
    email: "text",
    password: "text",
    name: "text",
    country: "text",
    currency: "text",
    zone: "text",
    language: "text",
    sample: "text",
  },
  async run(given) {
    const { sample } = given.options
    if (sample !== undefined && sample !== "coffee") throw new UsageProblem("The sample is called coffee.")
    const optional = {
      name: given.options.name,
      country: given.options.country,
      currency: given.options.currency,
      timeZone: given.options.zone,
      language: given.options.language,
    }
    const input = {
      workspace: textOption(given, "workspace"),
      email: textOption(given, "email"),
      password: textOption(given, "password"),
      ...Object.fromEntries(Object.entries(optional).filter(([, value]) => typeof value === "string")),
    }
    return withServices(async (services) => {
      const made = await createWorkspace(services, input).catch((error: unknown) => {
        throw inOptions(error)
      })
      if (sample) await asSystem(services, made.workspaceId, 0, (ctx) => loadSample(ctx, sample))
      return made
    })
  },
  text: ({ workspaceId, apiKey }) =>
    `Made the workspace ${String(workspaceId)}.\nAPI key of its owner, shown this once: ${String(apiKey)}`,
}
