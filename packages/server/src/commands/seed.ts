import { seedWorkspace } from "../domains/sample/index.ts"
import { type Command, findWorkspace, numberOption, textOption, withServices } from "./command.ts"

export const seed: Command = {
  usage: "seed --workspace NAME --people N --activities M [--companies C]",
  about: "fills a workspace with the reference data of the benchmark",
  options: { workspace: "text", people: "text", activities: "text", companies: "text" },
  async run(given, report) {
    const workspace = textOption(given, "workspace")
    const people = numberOption(given, "people")
    const size = {
      people,
      activities: numberOption(given, "activities"),
      companies: numberOption(given, "companies", Math.ceil(people / 10)),
    }
    return withServices(async (services) => {
      const workspaceId = await findWorkspace(services, workspace)
      return { workspaceId, ...(await seedWorkspace(services, workspaceId, { ...size, report })) }
    })
  },
  text: ({ people, activities, seconds }) =>
    `Filled with ${String(people)} people and ${String(activities)} activities in ${String(seconds)} s.`,
}
