import { Secret, TOTP } from "otpauth"
import type { Page } from "playwright-core"
import { expect, test } from "vitest"
import { expectAccessible, expectAccessibleEverywhere } from "./accessibility.ts"
import { call, owner, signIn } from "./harness.ts"
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
  await page.getByRole("button", { name: "Sign in", exact: true }).click()
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
  // Whoever thinks better of it is back where they were.
  await page.keyboard.press("Escape")
  await page.getByRole("dialog").waitFor({ state: "detached" })
  await page.locator("button:focus", { hasText: "Set up" }).press("Enter")
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
  await byApp.getByRole("button", { name: "Sign in", exact: true }).click()
  await byApp.getByRole("heading", { level: 1, name: "Today" }).waitFor()

  const byPaper = await shop().visit({ guest: true })
  await signInByPassword(byPaper)
  await expectRefusals(401, 1)
  await byPaper.getByRole("button", { name: "Use a recovery code" }).click()
  await byPaper.getByLabel("Recovery code", { exact: true }).fill(recovery)
  await byPaper.getByRole("button", { name: "Sign in", exact: true }).click()
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

test("a role needs a second step: a member sets one up before anything else, and is helped when it is lost", async () => {
  // The one before took a proof, which renewed the owner's session.
  const page = await shop().visit({ guest: true })
  await signIn(page)
  const { data: invitation } = await call(page, "POST /invitations", {
    body: { email: "ben@bakery.example", role: "member" },
  })
  const member = await shop().visit({ guest: true })
  const password = "rolls before eight"
  const token = invitation.url.split("#")[1] as string
  await call(member, "POST /auth/invitations/accept", { body: { token, name: "Ben", password } })
  await member.goto("/people")
  await member.getByRole("heading", { level: 1, name: "People" }).waitFor()

  await page.goto("/settings/sign-in")
  await page.getByRole("heading", { level: 1, name: "Signing in" }).waitFor()
  await page.getByRole("checkbox", { name: "Staff" }).check()
  await page.getByRole("combobox", { name: "When not used" }).click()
  await page.getByRole("option", { name: "1 hour" }).click()
  await expectAccessibleEverywhere(page)

  await member.getByRole("heading", { level: 1, name: "Set up a second step" }).waitFor()
  await expectAccessibleEverywhere(member)
  await member.getByRole("button", { name: "Set up" }).click()
  const dialog = member.getByRole("dialog")
  const key = (
    (await dialog
      .getByText(/^[A-Z2-7]{4}( [A-Z2-7]{4}){7}$/)
      .first()
      .textContent()) ?? ""
  ).replace(/ /g, "")
  const code = new TOTP({ secret: Secret.fromBase32(key) }).generate({ timestamp: Date.now() })
  await dialog.getByLabel("Code the app shows now").fill(code)
  await dialog.getByRole("button", { name: "Switch on" }).click()
  await member.getByText("they are not shown again").waitFor()
  await member.getByRole("button", { name: "Done" }).click()
  await member.getByRole("heading", { level: 1, name: "People" }).waitFor()
  // The page that was open when the rule came was refused what it asked for.
  const problems = shop().takeProblems()
  expect(problems.filter((problem) => !problem.includes("403"))).toEqual([])

  await page.goto("/settings/members")
  await page.getByRole("button", { name: "Actions for Ben" }).click()
  await page.getByRole("menuitem", { name: "Last sign-ins" }).click()
  await page.getByText("Second step: on").waitFor()
  await expectAccessible(page)
  await page.getByRole("button", { name: "Take it off" }).click()
  const asked = page.getByRole("dialog", { name: "Take off the second step of Ben?" })
  await expectAccessible(page)
  await asked.getByRole("button", { name: "Take it off" }).click()
  await page.getByText("Second step of Ben taken off").waitFor()
  await member.waitForURL(/\/sign-in/)
  expect(
    shop()
      .takeProblems()
      .filter((problem) => !problem.includes("401")),
  ).toEqual([])
})
