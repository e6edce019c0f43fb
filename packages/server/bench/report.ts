import { execFileSync } from "node:child_process"
import { readFile, writeFile } from "node:fs/promises"
import { cpus, totalmem } from "node:os"
import { join } from "node:path"
import type { MergeFigures } from "./duplicates.ts"
import type { ImportFigures, UndoFigures } from "./import.ts"
import type { PairFigures } from "./own.ts"
import type { PathFigures } from "./paths.ts"
import type { RollupFigures } from "./rollups.ts"
import { project } from "./server.ts"
import type { WorkFigures } from "./work.ts"

/** Of a load that nothing answered in time there are no latencies. */
const number = (value: number, digits = 2) => (Number.isNaN(value) ? "–" : value.toFixed(digits))
const whole = (value: number) => (Number.isNaN(value) ? "–" : Math.round(value).toLocaleString("en"))

export function pathTable(figures: readonly PathFigures[], data: string, seconds: number): string {
  const lines = figures.map(({ scenario, connections, ours, limit: bare }) => {
    // A limit that refused something has measured something else.
    const limit = bare.errors === 0 ? bare : { rate: Number.NaN, p50: Number.NaN }
    const ratio = ours.p50 / limit.p50
    const goal =
      scenario.goal === undefined || Number.isNaN(ratio)
        ? ""
        : `${ratio <= scenario.goal ? "≤" : "**>**"} ${scenario.goal}`
    const own = `${whole(ours.rate)} | ${number(ours.p50)} | ${number(ours.p95)} | ${number(ours.p99)} | ${ours.errors}`
    return `| ${scenario.name} | ${connections} | ${own} | ${whole(limit.rate)} | ${number(limit.p50)} | ${number(ratio)} | ${goal} |`
  })
  return [
    `${machine()}; ${data}; load generator, server and database on the same machine, ${seconds} s each.`,
    "",
    "| path | connections | requests/s | p50 ms | p95 ms | p99 ms | errors | limit requests/s | limit p50 ms | ratio of p50 | goal |",
    "| --- | --: | --: | --: | --: | --: | --: | --: | --: | --: | --- |",
    ...lines,
  ].join("\n")
}

export interface StartFigures {
  /** Milliseconds to the first good answer: with a database to be made, and with one that is there. */
  cold: number
  warm: number
  /** Resident memory of the server process in MB: with nothing to do, and after the load. */
  idle: number
  busy: number
}
export function startText({ cold, warm, idle, busy }: StartFigures): string {
  return `${machine()}. Start to the first good answer: ${whole(cold)} ms when the database has to be made, ${whole(warm)} ms when it is there. Memory of the server process: ${whole(idle)} MB idle, ${whole(busy)} MB after the load.`
}

export function importTable(figures: readonly (ImportFigures & UndoFigures)[], copyRate: number): string {
  const lines = figures.map((each) => {
    const memory = `${whole(each.firstQuarter)} / ${whole(each.lastQuarter)}`
    const undo = `${whole(each.undoRate)} | ${whole(each.undoMemory)}`
    return `| ${each.format} | ${whole(each.rows)} | ${whole(each.megabytes)} | ${whole(each.checkRate)} | ${whole(each.runRate)} | ${whole(copyRate)} | ${number(each.runRate / copyRate)} | ${memory} | ${undo} |`
  })
  return [
    `${machine()}; new people with fourteen columns, a tenth as many employers, into an empty workspace.`,
    "",
    "| file | rows | MB | rows/s checked | rows/s imported | rows/s `COPY` | share | memory MB, first / last quarter | rows/s undone | memory MB, most |",
    "| --- | --: | --: | --: | --: | --: | --: | --: | --: | --: |",
    ...lines,
  ].join("\n")
}

/** Highest ratio of the p95 of own fields to that of built-in ones. */
const ownGoal = 1.2

export function pairTable(figures: readonly PairFigures[], data: string, seconds: number): string {
  const lines = figures.map(({ name, connections, own, builtIn }) => {
    const ratio = own.p95 / builtIn.p95
    const goal = `${ratio <= ownGoal ? "≤" : "**>**"} ${ownGoal}`
    const ours = `${whole(own.rate)} | ${number(own.p50)} | ${number(own.p95)} | ${own.errors + builtIn.errors}`
    return `| ${name} | ${connections} | ${ours} | ${whole(builtIn.rate)} | ${number(builtIn.p50)} | ${number(builtIn.p95)} | ${number(ratio)} | ${goal} |`
  })
  return [
    `${machine()}; ${data}; load generator, server and database on the same machine, ${seconds} s each.`,
    "",
    "| path | connections | requests/s | p50 ms | p95 ms | errors | built-in requests/s | built-in p50 ms | built-in p95 ms | ratio of p95 | goal |",
    "| --- | --: | --: | --: | --: | --: | --: | --: | --: | --: | --- |",
    ...lines,
  ].join("\n")
}

/** Work on many records; `note` stands with the machine. */
export function workTable(figures: readonly WorkFigures[], note: string): string {
  const lines = figures.map(({ name, records, seconds, limit, goal, memory, page }) => {
    const bare = limit === undefined ? " | " : `${number(limit)} | ${number(seconds / limit, 1)}`
    const asked = goal === undefined ? "" : `${seconds <= goal ? "≤" : "**>**"} ${goal} s`
    return `| ${name} | ${whole(records)} | ${number(seconds)} | ${whole(records / seconds)} | ${bare} | ${asked} | ${whole(memory)} | ${number(page.p50, 1)} / ${number(page.p95, 1)} |`
  })
  return [
    `${machine()}; ${note}.`,
    "",
    "| work | records | seconds | records/s | limit seconds | ratio | goal | memory MB, most | page of the list meanwhile, p50 / p95 ms |",
    "| --- | --: | --: | --: | --: | --: | --- | --: | --: |",
    ...lines,
  ].join("\n")
}

export function mergeTable(figures: readonly MergeFigures[], data: string): string {
  const lines = figures.map(
    ({ name, times, p50, p95, p99 }) =>
      `| ${name} | ${times} | ${number(p50)} | ${number(p95)} | ${number(p99)} |`,
  )
  return [
    `${machine()}; ${data}; one after the other.`,
    "",
    "| work | times | p50 ms | p95 ms | p99 ms |",
    "| --- | --: | --: | --: | --: |",
    ...lines,
  ].join("\n")
}

export function rollupTable(figures: readonly RollupFigures[]): string {
  const lines = figures.map(({ rollups, rows, employers, rate, settled, memory }) => {
    const after = settled === undefined ? "" : number(settled, 1)
    return `| ${rollups} | ${whole(rows)} | ${employers} | ${whole(rate)} | ${after} | ${whole(memory)} |`
  })
  return [
    `${machine()}; CSV of new people with fourteen columns, into an empty workspace.`,
    "",
    "| roll-ups | rows | companies | rows/s imported | seconds until they are right, from the end of the import | memory MB, most |",
    "| --: | --: | --: | --: | --: | --: |",
    ...lines,
  ].join("\n")
}

/** Replaces the part of docs/benchmarks.md that stands between marks of this name. */
export async function writePart(part: string, text: string): Promise<void> {
  process.stdout.write(`${text}\n`)
  const file = join(project, "docs/benchmarks.md")
  const page = await readFile(file, "utf8")
  const [begin, end] = [`<!-- measured: ${part} -->`, `<!-- /measured: ${part} -->`]
  const [before, after] = [page.split(begin)[0], page.split(end)[1]]
  if (after === undefined) throw new Error(`docs/benchmarks.md has no marks for ${part}`)
  await writeFile(file, `${before}${begin}\n\n${text}\n\n${end}${after}`)
  const formatter = join(project, "node_modules/@biomejs/biome/bin/biome")
  execFileSync(process.execPath, [formatter, "format", "--write", file], { stdio: "ignore" })
}
function machine(): string {
  const [first] = cpus()
  return `Measured on ${new Date().toISOString().slice(0, 10)}: ${cpus().length} × ${first?.model.trim()}, ${Math.round(totalmem() / 2 ** 30)} GB, Node ${process.version}, embedded PostgreSQL`
}
