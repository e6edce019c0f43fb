import { createServer } from "node:http"
import type { AddressInfo } from "node:net"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { isPublicAddress } from "./outside-address.ts"
import { createOutsideFetch } from "./outside-fetch.ts"

let hits = 0
let answer: (response: import("node:http").ServerResponse) => void = (response) => response.end("here")
const canary = createServer((_, response) => {
  hits += 1
  answer(response)
})
let port = 0
beforeAll(async () => {
  await new Promise<void>((listening) => canary.listen(0, "127.0.0.1", listening))
  port = (canary.address() as AddressInfo).port
})
afterAll(() => new Promise((closed) => canary.close(closed)))

const get = { method: "GET", headers: {} }

describe("an address of the internet", () => {
  it.each(["8.8.8.8", "193.99.144.80", "2a00:1450:4001:82a::200e", "2606:4700::1111"])("is %s", (address) => {
    expect(isPublicAddress(address)).toBe(true)
  })
  it.each([
    ...["127.0.0.1", "10.1.2.3", "172.31.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0"],
    ...["224.0.0.1", "255.255.255.255", "198.18.0.1", "::1", "::", "::ffff:127.0.0.1", "::ffff:7f00:1"],
    ...["fd00::1", "fe80::1", "64:ff9b::7f00:1", "2002:7f00:1::", "2001::1", "ff02::1", "localhost", ""],
  ])("is not %s", (address) => {
    expect(isPublicAddress(address)).toBe(false)
  })
})

describe("what is fetched from outside (WH01)", () => {
  const fetchOutside = createOutsideFetch({ insideHosts: [] })
  it.each([
    ...["127.0.0.1", "localhost", "localhost.", "127.1", "2130706433", "0x7f000001", "0177.0.0.1", "0"],
    ...["[::1]", "[::]", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "[64:ff9b::127.0.0.1]", "１２７.0.0.1"],
  ])("never is this machine, written as %s", async (host) => {
    for (const scheme of ["https", "http"])
      await expect(fetchOutside(`${scheme}://${host}:${port}/`, get)).rejects.toThrow()
    expect(hits).toBe(0)
  })
  it.each([
    "http://example.com/",
    "ftp://example.com/",
    "file:///etc/passwd",
    "https://user:word@example.com/",
  ])("is https without passwords: not %s", async (address) => {
    await expect(fetchOutside(address, get)).rejects.toThrow()
  })
  it("is a host of one's own network where the operator has named it, with its port", async () => {
    const own = createOutsideFetch({ insideHosts: [`127.0.0.1:${port}`] })
    expect(await (await own(`http://127.0.0.1:${port}/x`, get)).text()).toBe("here")
    const before = hits
    await expect(own(`http://localhost:${port}/x`, get)).rejects.toThrow()
    await expect(own("http://127.0.0.1:1/x", get)).rejects.toThrow("Only https")
    expect(hits).toBe(before)
  })
  it("follows no redirect, and reads no more than a megabyte (WH03, WH04)", async () => {
    const own = createOutsideFetch({ insideHosts: [`127.0.0.1:${port}`] })
    answer = (response) => response.writeHead(302, { location: "http://127.0.0.1:1/" }).end()
    expect((await own(`http://127.0.0.1:${port}/`, get)).status).toBe(302)
    answer = (response) => {
      const more = () => {
        while (response.write(Buffer.alloc(65_536)));
        response.once("drain", more)
      }
      more()
    }
    await expect(own(`http://127.0.0.1:${port}/`, get)).rejects.toThrow("too large")
  })
})
