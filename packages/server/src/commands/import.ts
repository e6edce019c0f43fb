import { type Command, pathOf, withServices } from "./command.ts"
import { importWorkspace } from "./import-workspace.ts"
import { inOptions } from "./setup.ts"

const text = (value: unknown) => (typeof value === "string" ? value : undefined)
export const importCommand: Command = {
  usage: "import DIR [--email E --password P] [--replace]",
  about: "puts an exported workspace into this installation, with all that belongs to it",
  options: { email: "text", password: "text", replace: "flag" },
  words: 1,
  async run(given) {
    const folder = pathOf(given, "The folder of the export")
    const { email, password, replace } = given.options
    const options = { email: text(email), password: text(password), replace: replace === true }
    return withServices(async (services) => ({
      ...(await importWorkspace(services, folder, options).catch((error: unknown) => {
        throw inOptions(error)
      })),
    }))
  },
  text: ({ name, rows, invite }) =>
    [
      `Put in the workspace ${String(name)}: ${String(rows)} rows.`,
      ...((invite as string[]).length > 0
        ? [
            `These have no password here yet; they get one by "Forgot password", or by a link from Settings, Team: ${(invite as string[]).join(", ")}.`,
          ]
        : []),
    ].join("\n"),
}
