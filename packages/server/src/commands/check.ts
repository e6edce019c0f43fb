import { createApp } from "../app.ts"
import { checkInstallation } from "./check-installation.ts"
import { type Command, withServices } from "./command.ts"

export const check: Command = {
  usage: "check",
  about: "looks whether database, files and jobs are in order; ends with 1 when they are not",
  options: {},
  run: () =>
    withServices(
      async (services) => {
        // Building the server checks every declaration against the others.
        await (await createApp(services)).close()
        return { ...(await checkInstallation(services)) }
      },
      { untouched: true },
    ),
  text: ({ ok, problems, ...facts }) =>
    [
      ok ? "All in order." : (problems as string[]).join("\n"),
      ...Object.entries(facts).map(([name, value]) => `${name}: ${inWords(value)}`),
    ].join("\n"),
}

function inWords(value: unknown): string {
  if (typeof value !== "object" || value === null) return String(value ?? "none")
  return Object.entries(value)
    .map(([name, part]) => `${name} ${String(part)}`)
    .join(", ")
}
