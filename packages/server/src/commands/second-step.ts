import { removeFactorOf } from "../domains/workspace/index.ts"
import { AppError } from "../kernel/errors.ts"
import { type Command, textOption, UsageProblem, withServices } from "./command.ts"

export const secondStep: Command = {
  usage: "second-step off --email E",
  about: "lets somebody who lost app and recovery codes sign in by password alone, once you know who asks",
  options: { email: "text" },
  words: 1,
  async run(given) {
    const email = textOption(given, "email").trim().toLowerCase()
    if (given.words[0] !== "off") throw new UsageProblem("This is how: second-step off --email E")
    return withServices(async (services) => {
      await removeFactorOf(services, email).catch((error: unknown) => {
        const isUnknown = error instanceof AppError && error.code === "not_found"
        throw isUnknown ? new UsageProblem(`No account with a second step has the address ${email}.`) : error
      })
      return { email }
    })
  },
  text: ({ email }) => `${String(email)} signs in by password alone now, and is signed out everywhere.`,
}
