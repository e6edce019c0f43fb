import { fold } from "@regulars/contract/kernel/fold.ts"
import type { Command } from "../../lib/commands.ts"

/** Parts of a highlighted text; those between `[[` and `]]` are what was typed. */
export function highlightParts(text: string): { text: string; marked: boolean }[] {
  return text
    .split(/\[\[(.*?)\]\]/gs)
    .map((part, index) => ({ text: part, marked: index % 2 === 1 }))
    .filter((part) => part.text !== "")
}

/** Commands that hold every typed word, those whose name begins with the text first. */
export function findCommands(commands: readonly Command[], typed: string): Command[] {
  const wanted = fold(typed.trim())
  const words = wanted.split(/\s+/).filter(Boolean)
  const textOf = ({ label, keywords, group }: Command) => fold(`${label} ${keywords ?? ""} ${group ?? ""}`)
  const rank = (command: Command) => (fold(command.label).startsWith(wanted) ? 0 : 1)
  return commands
    .filter((command) => words.every((word) => textOf(command).includes(word)))
    .toSorted((one, other) => rank(one) - rank(other))
}
