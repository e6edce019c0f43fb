import { AxeBuilder } from "@axe-core/playwright"
import type { Page } from "playwright-core"
import { desk, phone } from "./harness.ts"

type Finding = Awaited<ReturnType<AxeBuilder["analyze"]>>["violations"][number]

/** Throws when axe finds anything serious on the page as it stands, one line for each place. */
export async function expectAccessible(page: Page): Promise<void> {
  const found = await findingsOf(page)
  if (found.length > 0) throw new Error(`Not accessible: ${page.url()}\n${found.join("\n")}`)
}

/**
 * `expectAccessible` on desk and phone, light and dark, of which dark differs in nothing but its colours. Leaves
 * the page as a light desk.
 */
export async function expectAccessibleEverywhere(page: Page): Promise<void> {
  const found: string[] = []
  for (const [size, viewport] of Object.entries({ phone, desk }))
    for (const colorScheme of ["dark", "light"] as const) {
      await page.setViewportSize(viewport)
      await page.emulateMedia({ colorScheme, reducedMotion: "reduce" })
      await settled(page)
      const rules = colorScheme === "dark" ? ["color-contrast"] : undefined
      found.push(...(await findingsOf(page, rules)).map((line) => `${size}, ${colorScheme}: ${line}`))
    }
  if (found.length > 0) throw new Error(`Not accessible: ${page.url()}\n${found.join("\n")}`)
}

/** Waits until nothing is loading and two frames were drawn. */
export async function settled(page: Page): Promise<void> {
  await page.waitForFunction(() => !document.querySelector("main [aria-busy=true]"))
  await page.evaluate(
    () => new Promise<void>((done) => requestAnimationFrame(() => requestAnimationFrame(() => done()))),
  )
}

async function findingsOf(page: Page, rules?: string[]): Promise<string[]> {
  // The pages have no frames; without this, axe opens a second page for each run.
  const axe = new AxeBuilder({ page }).setLegacyMode()
  axe.options({ resultTypes: ["violations"] })
  const { violations } = await (rules ? axe.withRules(rules) : axe).analyze()
  return violations.filter(({ impact }) => impact === "serious" || impact === "critical").flatMap(linesOf)
}

function linesOf({ id, help, nodes }: Finding): string[] {
  return nodes.map(({ target, html, any, all, none }) => {
    const why = [...any, ...all, ...none].map(({ message }) => message).join("; ")
    return `  ${id}: ${help}\n    at ${target.join(" ")}\n    ${html.slice(0, 200)}\n    ${why}`
  })
}
