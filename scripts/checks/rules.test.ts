import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { createRequire } from "node:module"
import { tmpdir } from "node:os"
import { dirname, join } from "node:path"
import { describe, expect, it, onTestFinished } from "vitest"
import { findEnvironmentReads } from "./environment.mjs"
import { findForbiddenImports } from "./imports.mjs"
import { findTextProblems, findValues } from "./locales.mjs"
import { findOversize } from "./sizes.mjs"

/** A project of these files, gone after the test. */
function makeProject(files: Record<string, string>): string {
  const folder = mkdtempSync(join(tmpdir(), "regulars-rules-"))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), text)
  }
  return folder
}

describe("import directions", () => {
  const fixture = join(import.meta.dirname, "fixtures/imports")
  const domains = "packages/server/src/domains"
  const kernel = "packages/server/src/kernel"

  it("forbid what they should, and nothing else", async () => {
    const { violations } = await findForbiddenImports(fixture)
    expect(violations).toEqual([
      `builder-in-its-place: ${kernel}/talks-sql.ts → kysely`,
      `contract-alone: packages/contract/src/knows-server.ts → ${kernel}/clock.ts`,
      "contract-alone: packages/contract/src/reads-files.ts → fs",
      `domain-below-app: ${domains}/people/people.service.ts → packages/server/src/main.ts`,
      `domain-door-from-outside: packages/server/src/app.ts → ${domains}/people/people.service.ts`,
      `domain-door: ${domains}/people/people.service.ts → ${domains}/workspace/inner.ts`,
      `domain-level-0: ${domains}/workspace/inner.ts → ${domains}/files/index.ts`,
      `domain-level-1: ${domains}/people/people.service.ts → ${domains}/catalog/index.ts`,
      `domain-level-1: ${domains}/people/people.service.ts → ${domains}/deals/index.ts`,
      `domain-level-2: ${domains}/deals/index.ts → ${domains}/segments/index.ts`,
      `domain-level-3: ${domains}/segments/index.ts → ${domains}/search/index.ts`,
      `domain-without-level: ${domains}/gossip/index.ts → ${kernel}/clock.ts`,
      `driver-in-its-place: ${kernel}/talks-sql.ts → pg`,
      `insight-alone: packages/insight/src/knows-server.ts → ${kernel}/clock.ts`,
      `insight-for-level-3: ${domains}/deals/index.ts → packages/insight/src/model.ts`,
      `kernel-below-domains: ${kernel}/knows-domain.ts → ${domains}/people/index.ts`,
      "locales-below-all: packages/locales/src/knows-web.ts → packages/web/src/ui/button.tsx",
      `no-cycle: ${kernel}/first.ts → ${kernel}/second.ts → ${kernel}/first.ts`,
      `no-unknown-import: ${kernel}/lost.ts → ./nowhere.ts`,
      `routes-without-queries: ${domains}/people/people.routes.ts → ${domains}/people/people.queries.ts`,
      "web-domains-below-app: packages/web/src/domains/people/page.tsx → packages/web/src/app/shell.tsx",
      "web-parts-below-domains: packages/web/src/ui/button.tsx → packages/web/src/domains/people/page.tsx",
      `web-without-server: packages/web/src/app/shell.tsx → ${kernel}/clock.ts`,
    ])
  })

  it("have a case here for each rule", async () => {
    const { violations } = await findForbiddenImports(fixture)
    const biting = new Set(violations.map((violation: string) => violation.split(":")[0]))
    const { forbidden } = createRequire(import.meta.url)("../../.dependency-cruiser.cjs")
    const names = forbidden.map((rule: { name: string }) => rule.name)
    expect(names.filter((name: string) => !biting.has(name))).toEqual([])
  })

  it("are read from every module, so that silence means something", async () => {
    const { modules, imports } = await findForbiddenImports(fixture)
    expect(modules).toBeGreaterThan(30)
    expect(imports).toBeGreaterThan(30)
  })
})

describe("sizes", () => {
  const lines = (count: number, line = "work()") => `${Array(count).fill(line).join("\n")}\n`
  const functionOf = (count: number) => `export function long() {\n${lines(count - 2)}}\n`

  it("end at 500 lines for a file, and need a reason from 300 on", () => {
    const short = Object.fromEntries(
      ["a", "b", "c", "d"].map((name) => [`packages/x/src/${name}.ts`, lines(1)]),
    )
    const folder = makeProject({
      ...short,
      "packages/x/src/long.ts": lines(301),
      "packages/x/src/fair.ts": lines(300),
      "packages/x/src/endless.ts": lines(501),
      "packages/x/src/generated/tables.ts": lines(900),
    })
    const long = "packages/x/src/long.ts has 301 lines; over 300 needs a reason in sizes-allow.json."
    const endless = "packages/x/src/endless.ts has 501 lines; 500 is the end."
    expect(findOversize(folder, {})).toEqual([endless, long])
    const reason = "one table of cases"
    const allowed = { "packages/x/src/long.ts": reason, "packages/x/src/endless.ts": reason }
    expect(findOversize(folder, allowed)).toEqual([
      endless,
      "packages/x/src/endless.ts is within the limits: take it out of sizes-allow.json.",
    ])
  })

  it("end at 80 lines for a function, wherever it stands, in a file with letters of any language", () => {
    const folder = makeProject({
      "packages/x/src/fair.ts": functionOf(80),
      "packages/x/src/long.ts": `// ${"ü".repeat(300)}\n${functionOf(81)}`,
      "packages/x/src/method.ts": `class Mailer {\n  send() {\n${lines(80)}}\n}\n`,
      "packages/x/src/long.test.ts": functionOf(200),
    })
    expect(findOversize(folder, {})).toEqual([
      "packages/x/src/long.ts:2 long has 81 lines; 80 is the limit.",
      "packages/x/src/method.ts:2 send has 82 lines; 80 is the limit.",
    ])
    expect(
      findOversize(folder, {
        "packages/x/src/long.ts:long": "one list of cases",
        "packages/x/src/method.ts:send": "one list of cases",
      }),
    ).toEqual([])
  })

  it("leave markup aside in a function, but not in a component's file", () => {
    const markup = (count: number) =>
      `export function Page() {\n  return (\n    <ul>\n${lines(count, "<li/>")}</ul>\n  )\n}\n`
    const folder = makeProject({
      "packages/web/src/fair.tsx": markup(200),
      "packages/web/src/long.tsx": markup(300),
      "packages/web/src/a.ts": lines(1),
      "packages/web/src/b.ts": lines(1),
      "packages/web/src/c.ts": lines(1),
    })
    expect(findOversize(folder, {})).toEqual([
      "packages/web/src/long.tsx has 306 lines; a component file has 300 at most.",
    ])
  })

  it("allow four parameters", () => {
    const folder = makeProject({
      "packages/x/src/a.ts":
        "export const fair = (a, b, c, d) => a\nexport const many = (a, b, c, d, e) => a\n",
    })
    expect(findOversize(folder, {})).toEqual([
      "packages/x/src/a.ts:2 many takes 5 parameters; over 4, take an object.",
    ])
  })

  it("aim at files of 100 lines", () => {
    const folder = makeProject({ "packages/x/src/a.ts": lines(101) })
    expect(findOversize(folder, {})).toEqual(["Half of the files have over 101 lines; 100 is the aim."])
  })
})

describe("texts", () => {
  const languages = (texts: Record<string, object>) =>
    Object.fromEntries(
      Object.entries(texts).map(([language, text]) => [
        `packages/locales/src/${language}/shell.json`,
        JSON.stringify(text),
      ]),
    )

  it("have the same ids and values in every language", () => {
    const folder = makeProject(
      languages({
        en: {
          greeting: "Hello {name}",
          days: "{n, plural, one {# day for {name}} other {# days}}",
          only: "x",
        },
        de: { greeting: "Hallo {nane}", days: "{n, plural, one {# Tag für {name}} other {# Tage}}" },
        es: { greeting: "Hola {name}", days: "{n, plural, one {# día} other {# días}}" },
      }),
    )
    expect(findTextProblems(folder)).toEqual([
      '"greeting" takes {name} in en, but {nane} in de.',
      '"days" takes {n, name} in en, but {n} in es.',
      '"only" has no text in de, es.',
    ])
  })

  it("exist for every id that stands in the code", () => {
    const same = { greeting: "Hello" }
    const folder = makeProject({
      ...languages({ en: same, de: same, es: same }),
      "packages/web/src/page.tsx":
        'const a = t("greeting")\nconst b = t("farewell")\nconst c = format("other")\n',
    })
    expect(findTextProblems(folder)).toEqual([
      'packages/web/src/page.tsx:2 asks for "farewell", which has no text.',
    ])
  })

  it("are read with quoted braces and nested branches", () => {
    expect(findValues("Write '{name}' for {name}")).toEqual(["name"])
    expect(findValues("{kind, select, call {{who} called} other {{n, plural, other {# of {all}}}}}")).toEqual(
      ["all", "kind", "n", "who"],
    )
    expect(findValues("Anna's {n, number, percent}")).toEqual(["n"])
  })
})

describe("the environment", () => {
  it("is read in one file", () => {
    const folder = makeProject({
      "packages/server/src/kernel/config.ts": "read(process.env)\n",
      "packages/server/src/kernel/mail.ts": "// not process.env\nconst url = process.env.SMTP_URL\n",
      "packages/server/src/kernel/mail.test.ts": "const url = process.env.SMTP_URL\n",
      "packages/web/src/app.tsx": 'const url = process["env"].URL\nimport { env } from "node:process"\n',
      "packages/server/testing/app.ts": "const url = process.env.URL\n",
    })
    expect(findEnvironmentReads(folder)).toEqual([
      "packages/server/src/kernel/mail.ts:2",
      "packages/web/src/app.tsx:1",
      "packages/web/src/app.tsx:2",
    ])
  })
})
