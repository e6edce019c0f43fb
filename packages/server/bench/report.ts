import { execFileSync } from "node:child_process"
import { readFile, writeFile } from "node:fs/promises"
import { cpus, totalmem } from "node:os"
import { join } from "node:path"
import type { ImportFigures } from "./import.ts"
import type { PathFigures } from "./paths.ts"
import { project } from "./server.ts"

/** What is measured, as it stands between marks of this name in docs/benchmarks.md. */
export type Part = "paths" | "start" | "imports"

const number = (value: number, digits = 2) => value.toFixed(digits)
const whole = (value: number) => Math.round(value).toLocaleString("en")

export function pathTable(figures: readonly PathFigures[], data: string, seconds: number): string {
  const lines = figures.map(({ scenario, connections, ours, limit }) => {
    const ratio = ours.p50 / limit.p50
    const goal =
      scenario.goal === undefined ? "" : `${ratio <= scenario.goal ? "≤" : "**>**"} ${scenario.goal}`
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

export function importTable(figures: readonly ImportFigures[], copyRate: number): string {
  const lines = figures.map((each) => {
    const memory = `${whole(each.firstQuarter)} / ${whole(each.lastQuarter)}`
    return `| ${each.format} | ${whole(each.rows)} | ${whole(each.megabytes)} | ${whole(each.checkRate)} | ${whole(each.runRate)} | ${whole(copyRate)} | ${number(each.runRate / copyRate)} | ${memory} |`
  })
  return [
    `${machine()}; new people with fourteen columns, a tenth as many employers, into an empty workspace.`,
    "",
    "| file | rows | MB | rows/s checked | rows/s imported | rows/s `COPY` | share | memory MB, first / last quarter |",
    "| --- | --: | --: | --: | --: | --: | --: | --: |",
    ...lines,
  ].join("\n")
}

/** Replaces one part of the page. */
export async function writePart(part: Part, text: string): Promise<void> {
  process.stdout.write(`${text}\n`)
  const file = join(project, "docs/benchmarks.md")
  const page = await readFile(file, "utf8")
  const [begin, end] = [`<!-- measured: ${part} -->`, `<!-- /measured: ${part} -->`]
  const [before, after] = [page.split(begin)[0], page.split(end)[1]]
  await writeFile(file, `${before}${begin}\n\n${text}\n\n${end}${after}`)
  const formatter = join(project, "node_modules/@biomejs/biome/bin/biome")
  execFileSync(process.execPath, [formatter, "format", "--write", file], { stdio: "ignore" })
}
function machine(): string {
  const [first] = cpus()
  return `Measured on ${new Date().toISOString().slice(0, 10)}: ${cpus().length} × ${first?.model.trim()}, ${Math.round(totalmem() / 2 ** 30)} GB, Node ${process.version}, embedded PostgreSQL`
}
