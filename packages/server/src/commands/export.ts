import { mkdir, readdir } from "node:fs/promises"
import { exportWorkspace } from "../domains/moving/index.ts"
import { type Command, findWorkspace, pathOf, textOption, UsageProblem, withServices } from "./command.ts"

export const exportCommand: Command = {
  usage: "export --workspace NAME DIR",
  about: "writes a whole workspace as open files: CSV and JSON, attachments, history",
  options: { workspace: "text" },
  words: 1,
  async run(given) {
    const workspace = textOption(given, "workspace")
    const folder = pathOf(given, "The folder to write to")
    await requireEmpty(folder)
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

async function requireEmpty(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true }).catch((error: NodeJS.ErrnoException) => {
    throw new UsageProblem(`${folder} can't be written (${error.code}). Choose another folder.`)
  })
  if ((await readdir(folder)).length > 0)
    throw new UsageProblem(`${folder} is not empty. Choose another folder.`)
}
