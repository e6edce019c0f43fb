import { expect, test } from "vitest"
import { expectAccessible, expectAccessibleEverywhere } from "./accessibility.ts"
import { call } from "./harness.ts"
import { useShop } from "./journeys.ts"

const shop = useShop()

test("a record's history tells who changed what, and puts back what was there", async () => {
  const page = await shop().visit()
  const { data: person } = await call(page, "POST /people", {
    body: { name: "Hanna History", jobTitle: "Baker" },
  })
  await call(page, "PATCH /people/:id", { params: { id: person.id }, body: { jobTitle: "Master baker" } })
  await page.goto(`/people/${person.id}`)
  await page.getByRole("button", { name: "More" }).first().click()
  await page.getByRole("menuitem", { name: "History" }).click()
  const dialog = page.getByRole("dialog", { name: "History of Hanna History" })
  await dialog.getByText("Changed").waitFor()
  await dialog.getByText("Added").waitFor()
  // At this size only: on another layout of the page its windows close.
  await expectAccessible(page)
  await dialog.getByLabel("Field").selectOption("jobTitle")
  await dialog.getByText("Master baker").waitFor()
  await dialog.getByRole("button", { name: "Put back what was there: Job title" }).click()
  await page.getByText("Put back: Job title").waitFor()
  const { data: now } = await call(page, "GET /people/:id", { params: { id: person.id } })
  expect(now.jobTitle).toBe("Baker")
})

test("the audit log tells what happened, filters it, and its chain is verified at a click", async () => {
  const page = await shop().visit()
  await call(page, "POST /people", { body: { name: "Agnes Audit" } })
  await page.goto("/settings/audit")
  await page.getByRole("heading", { level: 1, name: "Audit log" }).waitFor()
  await page.getByRole("link", { name: "Agnes Audit" }).waitFor()
  await page.getByRole("button", { name: "Verify the chain" }).click()
  await page.getByText(/^The chain holds/).waitFor()
  await expectAccessibleEverywhere(page)
  await page.getByLabel("What").selectOption("security")
  await page.getByText("Signed in", { exact: true }).first().waitFor()
  expect(await page.getByRole("link", { name: "Agnes Audit" }).count()).toBe(0)
})

test("no attachment runs anything where it is opened, whatever it pretends to be (FI01)", async () => {
  const page = await shop().visit()
  await page.goto("/settings/profile")
  const script = "fetch('/api/v1/me?ran'); document.title = 'ran'"
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" onload="${script}"><script>${script}</script></svg>`
  const html = `<!doctype html><script>${script}</script><img src=x onerror="${script}">`
  const files: [content: string, name: string, type: string][] = [
    [html, "page.html", "text/html"],
    [html, "picture.png", "image/png"],
    [svg, "drawing.svg", "image/svg+xml"],
    [
      `<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"><script>${script}</script></html>`,
      "x.xml",
      "application/xhtml+xml",
    ],
    [`GIF89a\x01\x00\x01\x00=1;${script}//${html}`, "both.gif", "text/javascript"],
    [`%PDF-1.4 ${html}`, "both.pdf", "text/html"],
  ]
  const ran: string[] = []
  page.context().on("request", (request) => {
    if (request.url().includes("?ran")) ran.push(request.url())
  })
  for (const [content, name, type] of files) {
    const id = await page.evaluate(
      async ([text, fileName, mediaType]) => {
        const body = new FormData()
        const bytes = Uint8Array.from(text as string, (character) => character.charCodeAt(0))
        body.set("file", new File([bytes], fileName as string, { type: mediaType }))
        const answer = await fetch("/api/v1/files", { method: "POST", body })
        return (await answer.json()).data.id as string
      },
      [content, name, type],
    )
    const opened = await page.context().newPage()
    const downloading = opened.waitForEvent("download").then(
      () => "downloaded",
      () => "shown",
    )
    // What is downloaded never becomes a page.
    const shown = opened.goto(`/api/v1/files/${id}`).then(
      () => "shown",
      () => downloading,
    )
    const how = await shown
    expect(how, name).toBe(name === "both.gif" ? "shown" : "downloaded")
    expect(await opened.title(), name).not.toBe("ran")
    await opened.close()
    // Nor does a page that names it as its script, style or frame get anything to run.
    await page.evaluate(async (path) => {
      const frame = document.createElement("iframe")
      frame.src = path
      const element = document.createElement("script")
      element.src = path
      document.body.append(frame, element)
      await new Promise((resolve) => element.addEventListener("error", resolve))
      frame.remove()
      element.remove()
    }, `/api/v1/files/${id}`)
    shop().takeProblems()
  }
  expect(ran).toEqual([])
  expect(await page.title()).not.toBe("ran")
})
