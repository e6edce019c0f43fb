import { Secret, TOTP } from "otpauth"
import type { Page } from "playwright-core"
import { expect, test } from "vitest"
import { expectAccessibleEverywhere } from "./accessibility.ts"
import { owner } from "./harness.ts"
import { useShop } from "./journeys.ts"

const shop = useShop()
/** Codes are taken once: each of this file is of a later step, the last one still within the skew of clocks. */
let used = -2
function codeOf(key: string): string {
  used += 1
  const totp = new TOTP({ secret: Secret.fromBase32(key) })
  return totp.generate({ timestamp: Date.now() + used * 30_000 })
}
async function signInByPassword(page: Page): Promise<void> {
  await page.goto("/sign-in")
  await page.getByLabel("E-mail address").fill(owner.email)
  await page.getByRole("textbox", { name: "Password" }).fill(owner.password)
  await page.getByRole("button", { name: "Sign in" }).click()
  await page.getByRole("heading", { level: 1, name: "One more step" }).waitFor()
}
async function expectRefusals(status: number, times: number): Promise<void> {
  const problems = shop().takeProblems()
  expect(problems.filter((problem) => problem.includes(String(status)))).toHaveLength(times)
  expect(problems).toHaveLength(times)
}

test("an authenticator app is set up, asked for, replaced by a recovery code, and switched off", async () => {
  const page = await shop().visit()
  await page.goto("/settings/security")
  await page.getByRole("heading", { level: 1, name: "Security" }).waitFor()
  await expectAccessibleEverywhere(page)
  await page.getByRole("button", { name: "Set up" }).click()
  await page.getByRole("img", { name: "QR code for the authenticator app" }).waitFor()
  await expectAccessibleEverywhere(page)
  const dialog = page.getByRole("dialog")
  const key = (
    (await dialog
      .getByText(/^[A-Z2-7]{4}( [A-Z2-7]{4}){7}$/)
      .first()
      .textContent()) ?? ""
  ).replace(/ /g, "")
  const code = dialog.getByLabel("Code the app shows now")
  await code.fill("000000")
  await dialog.getByRole("button", { name: "Switch on" }).click()
  await dialog.getByText("Wrong, too old or used before. Take the next one.").waitFor()
  await expectRefusals(422, 1)
  await code.fill(codeOf(key))
  await dialog.getByRole("button", { name: "Switch on" }).click()
  const codes = await page
    .getByRole("dialog")
    .getByText(/^[a-z2-9]{5}-[a-z2-9]{5}/)
    .textContent()
  const [recovery = ""] = (codes ?? "").split("\n")
  await expectAccessibleEverywhere(page)
  await page.getByRole("button", { name: "Done" }).click()
  await page.getByText("10 codes left").waitFor()

  const byApp = await shop().visit({ guest: true })
  await signInByPassword(byApp)
  await expectRefusals(401, 1)
  await expectAccessibleEverywhere(byApp)
  await byApp.getByLabel("Code of the authenticator app").fill(codeOf(key))
  await byApp.getByRole("button", { name: "Sign in" }).click()
  await byApp.getByRole("heading", { level: 1, name: "Today" }).waitFor()

  const byPaper = await shop().visit({ guest: true })
  await signInByPassword(byPaper)
  await expectRefusals(401, 1)
  await byPaper.getByRole("button", { name: "Use a recovery code" }).click()
  await byPaper.getByLabel("Recovery code", { exact: true }).fill(recovery)
  await byPaper.getByRole("button", { name: "Sign in" }).click()
  await byPaper.getByRole("heading", { level: 1, name: "Today" }).waitFor()

  await page.reload()
  await page.getByText("9 codes left").waitFor()
  await page.getByText("Password and recovery code").waitFor()
  await expectAccessibleEverywhere(page)
  // As if the proof were old: what was refused goes on after it.
  await page.route(
    "**/api/auth/authenticator",
    (route) => route.fulfill({ status: 403, json: { code: "proof_needed" } }),
    { times: 1 },
  )
  await page.getByRole("button", { name: "Switch off" }).click()
  await page.getByRole("dialog").getByRole("button", { name: "Switch off" }).click()
  const proof = page.getByRole("dialog", { name: "Is it you?" })
  await proof.getByRole("textbox", { name: "Password" }).fill(owner.password)
  await expectAccessibleEverywhere(page)
  await proof.getByRole("button", { name: "Confirm" }).click()
  await proof.getByLabel("Code of the authenticator app").fill(codeOf(key))
  await proof.getByRole("button", { name: "Confirm" }).click()
  await page.getByText("Second step switched off").waitFor()
  await page.getByRole("button", { name: "Set up" }).waitFor()
  const problems = shop().takeProblems()
  expect(problems.filter((problem) => /40[13]/.test(problem))).toHaveLength(2)
  expect(problems).toHaveLength(2)
})
