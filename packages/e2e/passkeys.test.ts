import type { Page } from "playwright-core"
import { expect, test } from "vitest"
import { expectAccessible, expectAccessibleEverywhere } from "./accessibility.ts"
import { call, owner, phone, signIn } from "./harness.ts"
import { useShop } from "./journeys.ts"

const shop = useShop()
const pictures = process.env.PICTURES

/** A device with a fingerprint reader, for this page; nobody need be there. */
async function plugIn(page: Page): Promise<void> {
  const browser = await page.context().newCDPSession(page)
  await browser.send("WebAuthn.enable")
  await browser.send("WebAuthn.addVirtualAuthenticator", {
    options: {
      protocol: "ctap2",
      transport: "internal",
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  })
}

test("a passkey is made, signs in without password, proves who is there, and goes", async () => {
  const page = await shop().visit()
  await plugIn(page)
  await page.goto("/settings/security")
  await page.getByRole("button", { name: "Add a passkey" }).click()
  await page.getByText("they are not shown again").waitFor()
  await page.getByRole("button", { name: "Done" }).click()
  const name = page.getByRole("textbox", { name: "Name of the passkey" })
  await name.fill("Till")
  await name.press("Enter")
  await page.getByText("10 codes left").waitFor()
  await expectAccessibleEverywhere(page)

  await page.getByRole("button", { name: `Account: ${owner.name}` }).click()
  await page.getByRole("menuitem", { name: "Sign out" }).click()
  await page.getByRole("heading", { level: 1, name: "Welcome back" }).waitFor()
  await expectAccessibleEverywhere(page)
  await page.getByLabel("E-mail address").fill(owner.email)
  await page.getByRole("textbox", { name: "Password" }).fill(owner.password)
  await page.getByRole("button", { name: "Sign in", exact: true }).click()
  await page.getByRole("heading", { level: 1, name: "One more step" }).waitFor()
  expect(shop().takeProblems()).toHaveLength(1)
  await page.getByRole("button", { name: "Use a passkey" }).click()
  await page.getByRole("heading", { level: 1, name: "Today" }).waitFor()

  await page.goto("/settings/security")
  await page.getByText("Passkey", { exact: false }).first().waitFor()
  expect(await page.getByRole("textbox", { name: "Name of the passkey" }).inputValue()).toBe("Till")
  // As if the proof were old.
  await page.route(
    "**/api/auth/passkeys/*",
    (route) => route.fulfill({ status: 403, json: { code: "proof_needed" } }),
    { times: 1 },
  )
  await page.getByRole("button", { name: "Remove the passkey Till" }).click()
  await page.getByRole("dialog").getByRole("button", { name: "Remove" }).click()
  const proof = page.getByRole("dialog", { name: "Is it you?" })
  await proof.getByRole("button", { name: "Use a passkey" }).click()
  await page.getByText("Passkey removed").waitFor()
  await page.getByRole("textbox", { name: "Name of the passkey" }).waitFor({ state: "detached" })
  expect(shop().takeProblems()).toHaveLength(1)
})

test("an invitation is accepted with a passkey, without ever choosing a password", async () => {
  const page = await shop().visit({ guest: true })
  await signIn(page)
  const { data } = await call(page, "POST /invitations", {
    body: { email: "pia@bakery.example", role: "member" },
  })
  const guest = await shop().visit({ guest: true, viewport: phone })
  await plugIn(guest)
  await guest.goto(data.url)
  await guest.getByRole("button", { name: "Join with a passkey" }).click()
  await guest.getByText("Needed", { exact: true }).waitFor()
  expect(shop().takeProblems()).toHaveLength(1)
  if (pictures) await guest.screenshot({ path: `${pictures}/invitation-phone.png`, fullPage: true })
  await expectAccessibleEverywhere(guest)
  await guest.getByLabel("Your name").fill("Pia")
  await guest.getByRole("button", { name: "Join with a passkey" }).click()
  await guest.getByText("they are not shown again").waitFor()
  await expectAccessible(guest)
  await guest.getByRole("button", { name: "Done" }).click()
  await guest.getByRole("heading", { level: 1, name: "Today" }).waitFor()
  await guest.goto("/settings/security")
  await guest.getByRole("button", { name: /^Remove the passkey/ }).click()
  await guest.getByRole("dialog").getByRole("button", { name: "Remove" }).click()
  await guest.getByText(/^Nothing else opens your account/).waitFor()
  expect(shop().takeProblems()).toHaveLength(1)
})
