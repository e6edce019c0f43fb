import { expect, test } from "vitest"
import { client, startProvider } from "../server/src/domains/workspace/provider/testing.ts"
import { freePort } from "../server/testing/free-port.ts"
import { expectAccessible, expectAccessibleEverywhere } from "./accessibility.ts"
import { owner } from "./harness.ts"
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
})
