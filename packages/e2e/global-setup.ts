import { rm } from "node:fs/promises"
import type { TestProject } from "vitest/node"
import { call, emptyFolder, openShop } from "./harness.ts"

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

/**
 * Sets up a shop through the real page and closes it, signed out: others begin as copies of its data folder, which is
 * quicker than setting each up.
 */
async function prepareShop(): Promise<string> {
  const dataDir = await emptyFolder()
  const shop = await openShop()
  try {
    const page = await shop.visit()
    await shop.setUp(page)
    await call(page, "POST /auth/sign-out")
    const problems = shop.takeProblems()
    if (problems.length > 0) throw new Error(`Setting up the shop went wrong: ${problems.join("; ")}`)
    await shop.close(dataDir)
    return dataDir
  } catch (error) {
    await shop.close()
    throw error
  }
}
