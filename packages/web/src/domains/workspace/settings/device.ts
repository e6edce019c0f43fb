const browsers: [string, RegExp][] = [
  ["Edge", /Edg(e|A|iOS)?\//],
  ["Opera", /OPR\//],
  ["Samsung Internet", /SamsungBrowser\//],
  ["Firefox", /(Firefox|FxiOS)\//],
  ["Chrome", /(Chrome|CriOS|Chromium)\//],
  ["Safari", /Safari\//],
]
const systems: [string, RegExp][] = [
  ["iPhone", /iPhone/],
  ["iPad", /iPad/],
  ["Android", /Android/],
  ["Windows", /Windows/],
  ["macOS", /Mac OS X|Macintosh/],
  ["ChromeOS", /CrOS/],
  ["Linux", /Linux/],
]
export interface Device {
  browser: string | undefined
  system: string | undefined
  phone: boolean
}
/** What people call the device behind a browser's self-description. The first name that fits is the truest. */
export function deviceOf(userAgent: string | null): Device {
  const find = (names: [string, RegExp][]) => names.find(([, pattern]) => pattern.test(userAgent ?? ""))?.[0]
  const system = find(systems)
  return { browser: find(browsers), system, phone: system === "iPhone" || system === "Android" }
}
/** What this browser and device are called; empty where neither is known. */
export function nameOfDevice(): string {
  const { browser, system } = deviceOf(navigator.userAgent)
  return [browser, system].filter(Boolean).join(", ")
}
