import { type Command, findWorkspace, pathOf, textOption, withServices } from "./command.ts"
import { exportWorkspace } from "./export-workspace.ts"

export const exportCommand: Command = {
  usage: "export --workspace NAME DIR",
  about: "writes a whole workspace as open files: CSV and JSON, attachments, history",
  options: { workspace: "text" },
  words: 1,
  async run(given) {
    const workspace = textOption(given, "workspace")
    const folder = pathOf(given, "The folder to write to")
    return withServices(async (services) => ({
      ...(await exportWorkspace(services, await findWorkspace(services, workspace), folder)),
    }))
  },
  text: ({ folder, rows, attachments, missing }) =>
    [
      `Wrote ${Object.keys(rows as object).length} tables and ${String(attachments)} attachments to ${String(folder)}.`,
      ...((missing as string[]).length > 0 ? [`Without content: ${(missing as string[]).join(", ")}.`] : []),
    ].join("\n"),
}
