import { defineConfig } from "vitest/config"

/** What is waited for comes at once on a quiet machine; on a busy one nobody is to fail for having waited a second. */
const patient = { poll: { timeout: 10_000 } }

/** `server` needs no browser; `e2e` drives Chromium against a server of its own. */
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: "server",
          include: [
            "packages/{contract,insight,locales,server}/**/*.test.ts",
            "packages/web/src/**/*.test.ts",
            "scripts/**/*.test.ts",
          ],
          exclude: ["**/node_modules/**", "scripts/checks/fixtures/**"],
          pool: "forks",
          maxWorkers: 2,
          globalSetup: "packages/server/testing/global-setup.ts",
          expect: patient,
          testTimeout: 30_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          name: "e2e",
          include: ["packages/e2e/**/*.test.ts"],
          pool: "forks",
          maxWorkers: 1,
          globalSetup: "packages/e2e/global-setup.ts",
          expect: patient,
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
})
