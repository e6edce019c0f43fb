// Import directions, by dependency-cruiser (.dependency-cruiser.cjs).
import { createRequire } from "node:module"
import { cruise } from "dependency-cruiser"
import { root } from "../lib/project.mjs"

const config = createRequire(import.meta.url)("../../.dependency-cruiser.cjs")

/**
 * Follows every import below `<folder>/packages`.
 * @returns how many modules and imports were seen, and what breaks a rule as "rule: from → to"
 */
export async function findForbiddenImports(folder) {
  const { forbidden, options } = config
  const { output } = await cruise(["packages"], {
    ...options,
    baseDir: folder,
    validate: true,
    ruleSet: { forbidden },
  })
  const { totalCruised, totalDependenciesCruised, violations } = output.summary
  return {
    modules: totalCruised,
    imports: totalDependenciesCruised,
    violations: violations.map(describe).sort(),
  }
}

/** A cycle is told as the way round; of what is installed only the package matters. */
function describe({ rule, from, to, cycle }) {
  const way = [from, ...(cycle ? cycle.map(({ name }) => name) : [to])]
  return `${rule.name}: ${way.join(" → ")}`.replace(/\S*node_modules\/((?:@[^/]+\/)?[^/]+)\S*/, "$1")
}

if (import.meta.main) {
  const { modules, imports, violations } = await findForbiddenImports(root)
  for (const violation of violations) console.log(violation)
  const reasons = new Map(config.forbidden.map(({ name, comment }) => [name, comment]))
  for (const name of new Set(violations.map((violation) => violation.split(":")[0]))) {
    console.log(`\n${name}: ${reasons.get(name)}`)
  }
  // Without a parser that it knows, dependency-cruiser finds nothing to complain of in nothing.
  if (modules === 0 || imports === 0)
    console.log(`Only ${modules} modules with ${imports} imports were read.`)
  process.exit(violations.length === 0 && modules > 0 && imports > 0 ? 0 : 1)
}
