// How long files and functions may be. What is longer stands in sizes-allow.json, with its reason.
import { readFileSync } from "node:fs"
import { join } from "node:path"
import { parseSync } from "@swc/core"
import { listFiles, root } from "../lib/project.mjs"

const limits = { median: 100, file: 300, longestFile: 500, function: 80, parameters: 4 }

/**
 * What is too long below `folder`, as sentences. `allowed` lists files, or functions as "file:function", that may
 * pass a limit; an entry that nothing needs any more is a finding, too.
 */
export function findOversize(folder, allowed) {
  const files = ["packages", "scripts"]
    .flatMap((name) => listFiles(join(folder, name), folder))
    .filter((file) => /\.(ts|tsx|mjs)$/.test(file) && !/\/(generated|fixtures)\//.test(file))
    .map((file) => measure(file, readFileSync(join(folder, file), "utf8")))
  const used = new Set()
  const isAllowed = (name) => {
    if (name in allowed) used.add(name)
    return name in allowed
  }
  const findings = files.flatMap((file) => [
    ...judgeFile(file, isAllowed),
    ...judgeFunctions(file, isAllowed),
  ])
  const idle = Object.keys(allowed).filter((name) => !used.has(name))
  return [
    ...findings,
    ...idle.map((name) => `${name} is within the limits: take it out of sizes-allow.json.`),
    ...judgeMedian(files),
  ]
}

function judgeFile({ file, lines }, isAllowed) {
  if (lines > limits.longestFile) return [`${file} has ${lines} lines; ${limits.longestFile} is the end.`]
  if (lines <= limits.file) return []
  if (file.endsWith(".tsx"))
    return [`${file} has ${lines} lines; a component file has ${limits.file} at most.`]
  if (isAllowed(file)) return []
  return [`${file} has ${lines} lines; over ${limits.file} needs a reason in sizes-allow.json.`]
}

function judgeFunctions({ file, functions }, isAllowed) {
  return functions.flatMap(({ name, line, lines, parameters }) => {
    const tooLong = lines > limits.function && !isTest(file)
    const tooMany = parameters > limits.parameters
    if (!(tooLong || tooMany) || isAllowed(`${file}:${name}`)) return []
    const place = `${file}:${line} ${name}`
    return [
      ...(tooLong ? [`${place} has ${lines} lines; ${limits.function} is the limit.`] : []),
      ...(tooMany
        ? [`${place} takes ${parameters} parameters; over ${limits.parameters}, take an object.`]
        : []),
    ]
  })
}

function judgeMedian(files) {
  const lengths = files.map(({ lines }) => lines).sort((a, b) => a - b)
  const median = lengths[Math.floor(lengths.length / 2)] ?? 0
  return median > limits.median
    ? [`Half of the files have over ${median} lines; ${limits.median} is the aim.`]
    : []
}

// A describe block is as long as its cases are many.
const isTest = (file) => /\.test\.tsx?$/.test(file)

function measure(file, text) {
  // swc counts bytes, and over all the files it reads: the semicolon's place tells where this one begins.
  const source = Buffer.from(`;${text}`)
  const program = parseSync(source.toString(), {
    syntax: file.endsWith(".mjs") ? "ecmascript" : "typescript",
    tsx: file.endsWith(".tsx"),
    target: "es2024",
  })
  const begin = program.body[0].span.start
  const lineStarts = [...source.entries()].filter(([, byte]) => byte === 10).map(([index]) => index)
  const lineAt = (position) => 1 + lineStarts.filter((start) => start < position - begin).length
  const functions = []
  visit(program, undefined, (node, name) => {
    const line = lineAt(node.span.start)
    const lines = lineAt(node.span.end - 1) - line + 1 - linesOfJsx(node, lineAt)
    functions.push({ name, line, lines, parameters: node.params?.length ?? 0 })
  })
  return { file, functions, lines: text.split("\n").length - (text.endsWith("\n") ? 1 : 0) }
}

const functionTypes = new Set([
  "FunctionDeclaration",
  "FunctionExpression",
  "ArrowFunctionExpression",
  "ClassMethod",
  "PrivateMethod",
  "Constructor",
  "MethodProperty",
])
const jsxTypes = new Set(["JSXElement", "JSXFragment"])

/** Calls `report` for each function below `node`, with the name it is known by. */
function visit(node, name, report) {
  if (typeof node !== "object" || node === null) return
  if (Array.isArray(node)) {
    for (const item of node) visit(item, name, report)
    return
  }
  const ownName = (node.identifier ?? node.id ?? node.key)?.value ?? name
  // A method keeps its parameters and body in a second node, which has no place of its own.
  if (functionTypes.has(node.type) && node.span)
    report({ ...node, ...node.function, span: node.span }, ownName ?? "function")
  for (const [key, child] of Object.entries(node)) if (key !== "span") visit(child, ownName, report)
}

/** Lines that a function spends on markup, the first of each piece aside, which is the statement's own. */
function linesOfJsx(node, lineAt) {
  if (typeof node !== "object" || node === null) return 0
  if (jsxTypes.has(node.type)) return lineAt(node.span.end - 1) - lineAt(node.span.start)
  return Object.values(node).reduce((sum, child) => sum + linesOfJsx(child, lineAt), 0)
}

if (import.meta.main) {
  const allowed = JSON.parse(readFileSync(join(root, "scripts/checks/sizes-allow.json"), "utf8"))
  const findings = findOversize(root, allowed)
  for (const finding of findings) console.log(finding)
  process.exit(findings.length === 0 ? 0 : 1)
}
