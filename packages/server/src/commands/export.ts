import { type Command, findWorkspace, textOption, withServices, wordOf } from "./command.ts"
import { exportWorkspace } from "./export-workspace.ts"

export const exportCommand: Command = {
  usage: "export --workspace NAME DIR",
  about: "writes a whole workspace as open files: CSV and JSON, attachments, history",
  options: { workspace: "text" },
  run: (given) =>
    withServices(async (services) => {
      const workspaceId = await findWorkspace(services, textOption(given, "workspace"))
      return { ...(await exportWorkspace(services, workspaceId, wordOf(given, "The folder to write to"))) }
    }),
  text: ({ folder, rows, attachments, missing }) =>
    [
      `Wrote ${Object.keys(rows as object).length} tables and ${String(attachments)} attachments to ${String(folder)}.`,
      ...((missing as string[]).length > 0 ? [`Without content: ${(missing as string[]).join(", ")}.`] : []),
    ].join("\n"),
}
