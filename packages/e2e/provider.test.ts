import { expect, test } from "vitest"
import { client, startProvider } from "../server/src/domains/workspace/provider/testing.ts"
import { freePort } from "../server/testing/free-port.ts"
import { expectAccessible, expectAccessibleEverywhere } from "./accessibility.ts"
import { call, owner } from "./harness.ts"
import { useShop } from "./journeys.ts"

const port = await freePort()
const shop = useShop({ environment: { INSIDE_HOSTS: `127.0.0.1:${port}` } })
const pictures = process.env.PICTURES

test("the owner sets a provider, and signs in by it", async () => {
  const person = { sub: "olivia", email: owner.email, email_verified: true }
  const provider = await startProvider(person, `${shop().origin}/api/auth/provider/callback`, port)
  const page = await shop().visit()
  await page.goto("/settings/sign-in")
  await page.getByText(`${shop().origin}/api/auth/provider/callback`).waitFor()
  await page.getByLabel("Name on the button").fill("Works")
  await page.getByLabel("Address of the provider (issuer)").fill("https://127.0.0.1:1")
  await page.getByLabel("Client ID").fill(client.id)
  await page.getByRole("textbox", { name: "Client secret" }).fill(client.secret)
  await page.getByRole("button", { name: "Check and save" }).click()
  await page.getByText("Nothing here answers as a provider of OpenID Connect").waitFor()
  expect(shop().takeProblems()).toHaveLength(1)
  await page.getByLabel("Address of the provider (issuer)").fill(provider.issuer)
  await page.getByRole("button", { name: "Check and save" }).click()
  await page.getByText("Works answers; members can sign in by it").waitFor()
  await page.getByText("Link for the team, which leads there at once:").waitFor()
  await expectAccessibleEverywhere(page)
  if (pictures) await page.screenshot({ path: `${pictures}/provider.png`, fullPage: true })

  const guest = await shop().visit({ guest: true })
  await guest.goto("/sign-in?next=/people")
  await guest.getByRole("button", { name: "Sign in with Works" }).waitFor()
  await expectAccessibleEverywhere(guest)
  if (pictures) await guest.screenshot({ path: `${pictures}/sign-in.png` })
  provider.faults.signature = "other key"
  await guest.getByRole("button", { name: "Sign in with Works" }).click()
  await guest.getByText(/^What the provider said could not be trusted/).waitFor()
  delete provider.faults.signature
  await guest.goto("/sign-in?next=/people")
  await guest.getByRole("button", { name: "Sign in with Works" }).click()
  await guest.getByRole("heading", { level: 1, name: "People" }).waitFor()
  await guest.goto("/settings/security")
  await guest.getByText(/^Connected since/).waitFor()
  await expectAccessible(guest)
  if (pictures) await guest.screenshot({ path: `${pictures}/security.png` })

  // As for somebody who works elsewhere, too: what else there is shows after a proof, as the provider is none.
  await guest.route("**/api/v1/session", async (route) => {
    const response = await route.fetch()
    const { data } = await response.json()
    await route.fulfill({ response, json: { data: { ...data, moreWorkspaces: true } } })
  })
  await guest.goto("/people")
  await guest.getByRole("button", { name: owner.business }).click()
  if (pictures) await guest.screenshot({ path: `${pictures}/other-workspaces.png` })
  await expectAccessible(guest)
  await guest.getByRole("menuitem", { name: "Other workspaces…" }).click()
  const asked = guest.getByRole("dialog", { name: "Is it you?" })
  await asked.getByRole("textbox", { name: "Password" }).fill(owner.password)
  await guest.unroute("**/api/v1/session")
  await asked.getByRole("button", { name: "Confirm" }).click()
  await asked.waitFor({ state: "detached" })
  await guest.getByRole("button", { name: owner.business }).click()
  await guest.getByRole("heading", { level: 1, name: "Business" }).waitFor()
  expect(shop().takeProblems()).toHaveLength(1)

  // Somebody new joins by the provider, and never has a password.
  Object.assign(person, { sub: "pia", email: "pia@bakery.example" })
  const { data } = await call(page, "POST /invitations", { body: { email: person.email, role: "member" } })
  const pia = await shop().visit({ guest: true })
  await pia.goto(data.url)
  await pia.getByLabel("Your name").fill("Pia")
  await expectAccessibleEverywhere(pia)
  if (pictures) await pia.screenshot({ path: `${pictures}/invitation.png` })
  await pia.getByRole("button", { name: "Join with Works" }).click()
  await pia.getByRole("heading", { level: 1, name: "Today" }).waitFor()
  // What is dangerous asks the provider anew.
  await pia.goto("/settings/security")
  await pia.route(
    "**/api/auth/passkeys/options",
    (route) => route.fulfill({ status: 403, json: { code: "proof_needed" } }),
    { times: 1 },
  )
  await pia.getByRole("button", { name: "Add a passkey" }).click()
  const proof = pia.getByRole("dialog", { name: "Is it you?" })
  await proof.getByRole("button", { name: "Ask Works again" }).waitFor()
  if (pictures) await pia.screenshot({ path: `${pictures}/proof.png` })
  await expectAccessible(pia)
  await proof.getByRole("button", { name: "Ask Works again" }).click()
  await expect.poll(async () => (await call(pia, "GET /auth/sign-ins")).data.length).toBe(2)
  expect(shop().takeProblems()).toHaveLength(1)
})
