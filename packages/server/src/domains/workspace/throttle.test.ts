import { describe, expect, it } from "vitest"
import { type AuthApp, password, setUpOwner, startAuthApp } from "./testing.ts"
import { networkOf, waitAfter } from "./throttle.ts"

const email = "ana@example.com"
const minute = 60_000

/** Wrong passwords one after the other, as fast as they are answered; how they were answered. */
async function guess(app: AuthApp, times: number, options: { ip?: string; email?: string } = {}) {
  const statuses: number[] = []
  for (let index = 0; index < times; index++) {
    const answer = await app
      .browser(options.ip === undefined ? {} : { ip: options.ip })
      .post("/auth/sign-in", { email: options.email ?? email, password: `guess number ${index}` })
    statuses.push(answer.status)
    if (answer.status === 429) expect(Number(answer.headers["retry-after"])).toBeGreaterThan(0)
  }
  return statuses
}
const count = (statuses: number[], status: number) => statuses.filter((one) => one === status).length

describe("the wait after failures", () => {
  it("doubles up to a longest one that still lets the owner in", () => {
    const bucket = { free: 3, longest: 60 }
    expect([1, 2, 3, 4, 5, 6, 9, 10, 1000].map((failures) => waitAfter(failures, bucket))).toEqual([
      0, 0, 1, 2, 4, 8, 60, 60, 60,
    ])
  })
})
describe("a network", () => {
  it.each([
    ["203.0.113.7", "203.0.113.7"],
    ["::ffff:203.0.113.7", "203.0.113.7"],
    ["2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"],
    ["2001:0db8:0001:0002:ffff::1", "2001:db8:1:2::/64"],
    ["2001:db8::1", "2001:db8:0:0::/64"],
    ["::1", "0:0:0:0::/64"],
    ["fe80::1%eth0", "fe80:0:0:0::/64"],
  ])("of %s is %s", (ip, network) => {
    expect(networkOf(ip)).toBe(network)
  })
})

describe("guessing", () => {
  it("at one account from one place is slowed down, and the right password gets in after the wait", async () => {
    const app = await startAuthApp()
    await setUpOwner(app)
    expect(await guess(app, 12, { ip: "203.0.113.7" })).toEqual([...Array(10).fill(401), 429, 429])
    // Refused attempts count nowhere: the wait is as it was.
    app.clock.advance(1000)
    const owner = app.browser({ ip: "203.0.113.7" })
    expect((await owner.post("/auth/sign-in", { email, password })).status).toBe(200)
  })
  it("is forgotten an hour after it began, also where nobody has signed in since", async () => {
    const app = await startAuthApp()
    await setUpOwner(app)
    await guess(app, 10, { ip: "203.0.113.7" })
    app.clock.advance(61 * minute)
    expect(count(await guess(app, 12, { ip: "203.0.113.7" }), 401)).toBe(10)
  })
  it("at the same moment gets no more tries than one after the other", async () => {
    const app = await startAuthApp()
    await setUpOwner(app)
    const answers = await Promise.all(Array.from({ length: 25 }, () => guess(app, 1, { ip: "203.0.113.7" })))
    expect(count(answers.flat(), 401)).toBeLessThanOrEqual(10)
  })
  it("is counted on all processes together", async () => {
    const app = await startAuthApp()
    const other = await startAuthApp({ connection: app.connection })
    await setUpOwner(app)
    await guess(app, 5, { ip: "203.0.113.7" })
    expect(await guess(other, 6, { ip: "203.0.113.7" })).toEqual([...Array(5).fill(401), 429])
  })
  it("gains nothing from a forged address", async () => {
    const app = await startAuthApp()
    await setUpOwner(app)
    const statuses: number[] = []
    for (let index = 0; index < 15; index++) {
      const forged = `198.51.100.${index}`
      const headers = { "x-forwarded-for": forged, "x-real-ip": forged, forwarded: `for=${forged}` }
      const browser = app.browser({ ip: "203.0.113.7", headers })
      statuses.push((await browser.post("/auth/sign-in", { email, password: "guess" })).status)
    }
    expect(count(statuses, 401)).toBe(10)
  })
  it("gains nothing from another address in the same /64", async () => {
    const app = await startAuthApp()
    await setUpOwner(app)
    const statuses: number[] = []
    for (let index = 1; index <= 15; index++)
      statuses.push(...(await guess(app, 1, { ip: `2001:db8:1:2::${index}` })))
    expect(count(statuses, 401)).toBe(10)
  })
  it("one password at many accounts is slowed down, though each account is tried once", async () => {
    const app = await startAuthApp()
    await setUpOwner(app)
    const statuses: number[] = []
    for (let index = 0; index < 100; index++) {
      // Past the limit of calls a minute, which counts in this process alone.
      if (index % 25 === 24) app.clock.advance(minute)
      statuses.push(...(await guess(app, 1, { ip: "203.0.113.7", email: `someone${index}@example.com` })))
    }
    expect(count(statuses, 401)).toBeLessThan(60)
  })
  it("at one account from everywhere is slowed down, while its owner gets in where they have been before", async () => {
    const app = await startAuthApp()
    const laptop = await setUpOwner(app)
    await laptop.post("/auth/sign-out")
    const statuses: number[] = []
    for (let index = 0; index < 70; index++) statuses.push(...(await guess(app, 1)))
    expect(count(statuses, 401)).toBe(50)
    expect((await laptop.post("/auth/sign-in", { email, password })).status).toBe(200)
    // A stolen browser is held to its own few tries.
    const tries: number[] = []
    for (let index = 0; index < 12; index++)
      tries.push((await laptop.post("/auth/sign-in", { email, password: "guess" })).status)
    expect(count(tries, 401)).toBe(10)
  })
  it("is not made free again by signing in to an account of one's own", async () => {
    const app = await startAuthApp()
    await setUpOwner(app)
    const ip = "203.0.113.7"
    let failures = 0
    for (let index = 0; index < 90; index++) {
      if (index % 10 === 9) app.clock.advance(minute / 2)
      failures += count(await guess(app, 1, { ip, email: `someone${index}@example.com` }), 401)
      if (index % 10 === 0) await app.browser({ ip }).post("/auth/sign-in", { email, password })
    }
    expect(failures).toBeLessThan(70)
  })
  it("is the same for accounts that do not exist", async () => {
    const app = await startAuthApp()
    await setUpOwner(app)
    expect(await guess(app, 12, { ip: "203.0.113.7", email: "nobody@example.com" })).toEqual([
      ...Array(10).fill(401),
      429,
      429,
    ])
  })
  it("through the change of a password counts, too", async () => {
    const app = await startAuthApp()
    const owner = await setUpOwner(app)
    const statuses: number[] = []
    for (let index = 0; index < 14; index++) {
      if (index === 7) app.clock.advance(minute)
      const body = { current: `guess number ${index}`, password: "another long sentence" }
      statuses.push((await owner.post("/auth/password/change", body)).status)
    }
    expect(count(statuses, 422)).toBe(10)
    expect(count(statuses, 429)).toBe(4)
  })
  it("leaves no address in the database", async () => {
    const app = await startAuthApp()
    await setUpOwner(app)
    await guess(app, 1, { email: "typed-by-mistake@example.com" })
    const { rows } = await app.pools.owner.query("select * from auth.attempts")
    expect(rows.length).toBeGreaterThan(0)
    expect(JSON.stringify(rows)).not.toContain("typed-by-mistake")
  })
})
