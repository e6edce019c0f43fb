import { parseArgs } from "node:util"
import { audit } from "./commands/audit.ts"
import { check } from "./commands/check.ts"
import { type Command, UsageProblem } from "./commands/command.ts"
import { backup, migrate, restore, resumeSendingCommand } from "./commands/database.ts"
import { exportCommand } from "./commands/export.ts"
import { importCommand } from "./commands/import.ts"
import { secondStep } from "./commands/second-step.ts"
import { seed } from "./commands/seed.ts"
import { setup } from "./commands/setup.ts"
import { firstSentence } from "./start-problems.ts"

const commands: Record<string, Command> = {
  setup,
  migrate,
  backup,
  restore,
  "resume-sending": resumeSendingCommand,
  check,
  export: exportCommand,
  import: importCommand,
  seed,
  audit,
  "second-step": secondStep,
}

function help(of: Command[]): string {
  const lines = of.map(({ usage, about }) => `  ${usage}\n      ${about}`)
  return `npm run -s cli -- <command> [--json]\n\n${lines.join("\n")}\n`
}

function understand(args: string[], options: Record<string, { type: "boolean" | "string" }>) {
  try {
    return parseArgs({ args, options: { ...options, json: { type: "boolean" } }, allowPositionals: true })
  } catch (error) {
    throw new UsageProblem(`${firstSentence(error)}.`)
  }
}

/** Carries a command out; false when it worked and what it looked at is not in order. */
async function main(words: string[]): Promise<boolean> {
  const [name = "", ...rest] = words
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined
  if (name === "" || name === "help" || words.includes("--help")) {
    process.stdout.write(help(command ? [command] : Object.values(commands)))
    return true
  }
  if (!command)
    throw new UsageProblem(`There is no command "${name}". These are: ${Object.keys(commands).join(", ")}.`)
  const options = Object.fromEntries(
    Object.entries(command.options).map(([option, kind]) => [
      option,
      { type: kind === "flag" ? ("boolean" as const) : ("string" as const) },
    ]),
  )
  const { values, positionals } = understand(rest, options)
  const surplus = positionals[command.words ?? 0]
  if (surplus !== undefined)
    throw new UsageProblem(`"${surplus}" is one word too many. This is how: ${command.usage}`)
  const { json, ...given } = values as Record<string, string | boolean | undefined>
  const answer = await command.run(
    { words: positionals, options: given },
    (line) => void process.stderr.write(`${line}\n`),
  )
  process.stdout.write(json ? `${JSON.stringify(answer)}\n` : `${command.text(answer)}\n`)
  return answer.ok !== false
}

const words = process.argv.slice(2)
main(words).then(
  (isFine) => process.exit(isFine ? 0 : 1),
  (error: Error) => {
    process.stderr.write(`${error.message}\n`)
    if (words.includes("--json")) process.stdout.write(`${JSON.stringify({ error: error.message })}\n`)
    process.exit(1)
  },
)
