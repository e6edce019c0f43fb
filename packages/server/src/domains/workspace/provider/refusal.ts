import type { ProviderProblem } from "@regulars/contract/domains/sign-in.ts"

/** Why somebody can't sign in by a provider: `problem` is for them, the cause for whoever reads the log. */
export class ProviderRefusal extends Error {
  readonly problem: ProviderProblem
  constructor(problem: ProviderProblem, cause: unknown) {
    super(problem, { cause })
    this.name = "ProviderRefusal"
    this.problem = problem
  }
}

/** What went wrong and why, for the log: the words of an error and of what caused it. */
export function reasonsOf(error: unknown): string {
  const reasons: string[] = []
  for (let next = error; next !== undefined && reasons.length < 5; )
    if (next instanceof Error) {
      reasons.push(next.message)
      next = next.cause
    } else {
      if (typeof next === "string") reasons.push(next)
      break
    }
  return reasons.join(" < ")
}
