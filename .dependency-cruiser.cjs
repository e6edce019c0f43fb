// Who may import whom. `npm run check` applies it, and scripts/checks/rules.test.ts proves that each rule bites.

/** Domains by level: a domain may use those of lower levels, through their index.ts. */
const levels = [
  ["workspace", "files", "consent", "fields", "choices"],
  ["people", "catalog", "live", "notifications", "views", "rights", "objects"],
  [
    "activities",
    "tasks",
    "deals",
    "orders",
    "tickets",
    "conversations",
    "mail",
    "campaigns",
    "surveys",
    "loyalty",
  ],
  [
    "segments",
    "automations",
    "analytics",
    "intelligence",
    "search",
    "transfer",
    "strategy",
    "sample",
    "today",
    "backup",
    "audit",
    "duplicates",
  ],
  // What takes a workspace as a whole.
  ["moving"],
]

const server = "^packages/server/src"
const domain = `${server}/domains`
const anyOf = (names) => `(${names.join("|")})`
const installed = (...names) => `(^|/)node_modules/${anyOf(names)}/`
// Tests and their helpers reach for what they need; they are never part of the product.
const tests = "[.]test[.]tsx?$|/testing[.]ts$|/testing/"

// A domain alone at the top has nothing above or beside it.
const ruled = levels.filter((_, level) => levels.slice(level).flat().length > 1)
const levelRules = ruled.map((_, level) => ({
  name: `domain-level-${level}`,
  comment: `A domain of level ${level} uses domains of lower levels only; upwards and sideways go events, or what app.ts passes in.`,
  severity: "error",
  from: { path: `${domain}/${anyOf(levels[level])}/`, pathNot: tests },
  to: { path: `${domain}/${anyOf(levels.slice(level).flat())}/`, pathNot: `${domain}/$1/` },
}))

module.exports = {
  forbidden: [
    {
      name: "no-cycle",
      comment: "Two files that need each other are one file, or need a third. Imports of types count.",
      severity: "error",
      from: {},
      to: { circular: true },
    },
    {
      name: "no-unknown-import",
      comment: "An import that leads nowhere hides from every other rule.",
      severity: "error",
      from: {},
      to: { couldNotResolve: true, pathNot: "^virtual:" },
    },
    {
      name: "contract-alone",
      comment: "The contract runs in the browser and on the server: it imports zod and itself.",
      severity: "error",
      from: { path: "^packages/contract/", pathNot: tests },
      to: { pathNot: ["^packages/contract/", installed("zod")] },
    },
    {
      name: "locales-below-all",
      comment: "Texts serve server and web app: of ours they import the contract at most.",
      severity: "error",
      from: { path: "^packages/locales/" },
      to: { path: "^packages/(?!locales/|contract/)" },
    },
    {
      name: "insight-alone",
      comment: "Statistics and models are numbers in and numbers out: insight imports nothing but itself.",
      severity: "error",
      from: { path: "^packages/insight/", pathNot: tests },
      to: { pathNot: "^packages/insight/" },
    },
    {
      name: "insight-for-level-3",
      comment: "What is judged by a model is the affair of the domains of the highest level.",
      severity: "error",
      from: {
        path: "^packages/(?!insight/)",
        pathNot: [`${domain}/${anyOf(levels[3])}/`, tests],
      },
      to: { path: "^packages/insight/" },
    },
    {
      name: "kernel-below-domains",
      comment: "The kernel knows no domain: it imports the contract, the texts and itself.",
      severity: "error",
      from: { path: `${server}/kernel/`, pathNot: tests },
      to: {
        path: "^packages/",
        pathNot: [`${server}/kernel/`, "^packages/(contract|locales)/", "^packages/server/package.json$"],
      },
    },
    {
      name: "domain-door",
      comment: "A domain is entered through its index.ts.",
      severity: "error",
      from: { path: `${domain}/([^/]+)/`, pathNot: tests },
      to: { path: `${domain}/[^/]+/`, pathNot: [`${domain}/$1/`, `${domain}/[^/]+/index[.]ts$`] },
    },
    {
      name: "domain-door-from-outside",
      comment: "The app enters a domain through its index.ts, too.",
      severity: "error",
      from: { path: `${server}/(?!domains/[^/]+/)`, pathNot: tests },
      to: { path: `${domain}/[^/]+/`, pathNot: `${domain}/[^/]+/index[.]ts$` },
    },
    {
      name: "domain-below-app",
      comment:
        "A domain imports the contract, the texts, the kernel, lower domains and insight; never the app around it.",
      severity: "error",
      from: { path: `${domain}/[^/]+/`, pathNot: tests },
      to: {
        path: "^packages/",
        pathNot: [`${server}/kernel/`, `${domain}/[^/]+/`, "^packages/(contract|locales|insight)/"],
      },
    },
    {
      name: "domain-without-level",
      comment: "A new domain gets its level in .dependency-cruiser.cjs.",
      severity: "error",
      from: { path: `${domain}/[^/]+/`, pathNot: `${domain}/${anyOf(levels.flat())}/` },
      to: {},
    },
    ...levelRules,
    {
      name: "routes-without-queries",
      comment: "A route calls a use case; what SQL there is, is the use case's affair.",
      severity: "error",
      from: { path: "[.]routes[.]ts$" },
      to: { path: "[.]queries[.]ts$" },
    },
    {
      name: "driver-in-its-place",
      comment: "Only kernel/db, kernel/postgres and *.queries.ts talk to the database driver.",
      severity: "error",
      from: { path: `${server}/`, pathNot: [`${server}/kernel/(db|postgres)/`, "[.]queries[.]ts$", tests] },
      to: { path: installed("pg", "pg-pool", "pg-copy-streams", "@types/pg", "@types/pg-copy-streams") },
    },
    {
      name: "builder-in-its-place",
      comment: "SQL is written in kernel/db, kernel/records, kernel/filters and *.queries.ts.",
      severity: "error",
      from: {
        path: `${server}/`,
        pathNot: [`${server}/kernel/(db|postgres|records|filters)/`, "[.]queries[.]ts$", tests],
      },
      to: { path: installed("kysely") },
    },
    {
      name: "web-without-server",
      comment: "The web app knows the server by the contract alone.",
      severity: "error",
      from: { path: "^packages/web/" },
      to: { path: "^packages/(?!web/|contract/|locales/)" },
    },
    {
      name: "web-parts-below-domains",
      comment: "Parts and helpers of the web app carry no domain words: ui, lib ← domains ← app.",
      severity: "error",
      from: { path: "^packages/web/src/(ui|lib)/", pathNot: tests },
      to: { path: "^packages/web/src/(domains|app)/" },
    },
    {
      name: "web-domains-below-app",
      comment: "A screen does not know the shell around it: ui, lib ← domains ← app.",
      severity: "error",
      from: { path: "^packages/web/src/domains/", pathNot: tests },
      to: { path: "^packages/web/src/app/" },
    },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    exclude: { path: "^packages/[^/]+/(dist|coverage)/" },
    // Imports of types count as well.
    tsPreCompilationDeps: true,
    // TypeScript 7 has no interface for programs, so @swc/core reads the files.
    parser: "swc",
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["import", "types", "node", "default"],
      extensions: [".ts", ".tsx", ".mjs", ".js", ".json"],
    },
  },
}
