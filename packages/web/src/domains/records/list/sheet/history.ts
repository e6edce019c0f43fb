import type { Step } from "../../use-patch-with-undo.ts"

interface Line {
  past: Step[]
  future: Step[]
}
const lines = new Map<string, Line>()
const most = 200

function lineOf(entity: string): Line {
  const line = lines.get(entity) ?? { past: [], future: [] }
  lines.set(entity, line)
  return line
}
/** Remembers a change of an entity's list for as long as the page is open; returns how to take just this one back. */
export function remember(entity: string, step: Step): () => Promise<unknown> {
  const line = lineOf(entity)
  line.past = [...line.past, step].slice(-most)
  line.future = []
  return () => takeBack(line, step)
}
async function takeBack(line: Line, step: Step): Promise<void> {
  line.past = line.past.filter((other) => other !== step)
  await step.undo()
  line.future.push(step)
}
/** Takes the latest change back; false when there is none. Rejects with the reason when it is refused. */
export async function undoLatest(entity: string): Promise<boolean> {
  const line = lineOf(entity)
  const step = line.past.at(-1)
  if (step) await takeBack(line, step)
  return step !== undefined
}
/** Makes the change again that was taken back last; false when there is none. */
export async function redoLatest(entity: string): Promise<boolean> {
  const line = lineOf(entity)
  const step = line.future.pop()
  if (!step) return false
  await step.redo()
  line.past.push(step)
  return true
}
