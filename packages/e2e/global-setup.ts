import { rm } from "node:fs/promises"
import type { TestProject } from "vitest/node"
import { prepareShop } from "./harness.ts"

declare module "vitest" {
  interface ProvidedContext {
    /** Data folder of a shop that is set up; each file of journeys works on a copy of its own. */
    prepared: string
  }
}

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const dataDir = await prepareShop()
  project.provide("prepared", dataDir)
  return () => rm(dataDir, { recursive: true, force: true })
}
