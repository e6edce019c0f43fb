/** How a number format makes a number look, as far as reading data is concerned. */
export type NumberKind = "number" | "date" | "datetime" | "time" | "duration" | { zeros: number }

const DAY_SECONDS = 86_400
const LAST_DAY = 2_958_465
const EPOCH_1900 = Date.UTC(1899, 11, 30)
const EPOCH_1904 = Date.UTC(1904, 0, 1)

const BUILT_IN: [from: number, to: number, kind: NumberKind][] = [
  [14, 17, "date"],
  [18, 21, "time"],
  [22, 22, "datetime"],
  [27, 31, "date"],
  [32, 35, "time"],
  [36, 36, "date"],
  [45, 45, "time"],
  [46, 46, "duration"],
  [47, 47, "time"],
  [50, 54, "date"],
  [55, 56, "time"],
  [57, 58, "date"],
]

/** Kind of a number format by its id and, for the formats a workbook defines itself, its code ("dd.mm.yyyy"). */
export function numberKind(id: number, code?: string): NumberKind {
  if (code === undefined) return BUILT_IN.find(([from, to]) => id >= from && id <= to)?.[2] ?? "number"
  if (/^0{2,}$/.test(code)) return { zeros: code.length }
  const positive = code.replace(/"[^"]*"|\\.|_.|\*./g, "").split(";")[0]!
  if (/\[(h+|m+|s+)\]/i.test(positive)) return "duration"
  const letters = positive.replace(/\[[^\]]*\]|general|am\/pm|a\/p|e[+-]/gi, (match) =>
    /^a/i.test(match) ? "h" : "",
  )
  const hasTime = /[hs]/i.test(letters)
  if (/[yd]/i.test(letters)) return hasTime ? "datetime" : "date"
  if (hasTime) return "time"
  return /m/i.test(letters) ? "date" : "number"
}

/**
 * A number of a sheet as text: dates as `yyyy-mm-dd`, date-times as `yyyy-mm-ddThh:mm:ss`, times as `hh:mm:ss`
 * (durations may exceed 24 hours), postal codes with their leading zeros, all else in plain decimal notation
 * with the 15 digits a spreadsheet shows, so that 0.1 + 0.2 reads 0.3.
 */
export function formatNumber(raw: string, kind: NumberKind, uses1904: boolean): string {
  const value = Number(raw)
  if (raw.trim() === "" || !Number.isFinite(value)) return raw
  // Whole numbers are taken as they stand: some programs write longer identifiers than a float can hold.
  if (kind === "number") return /^-?[1-9]\d*$/.test(raw) ? raw : plainNumber(value)
  if (typeof kind === "object") return plainNumber(value).padStart(kind.zeros, "0")
  if (kind === "duration" && value >= 0) return clock(Math.round(value * DAY_SECONDS))
  const seconds = Math.round(value * DAY_SECONDS)
  const day = Math.floor(seconds / DAY_SECONDS)
  if (value < 0 || day > LAST_DAY) return plainNumber(value)
  const time = clock(seconds - day * DAY_SECONDS)
  if (kind === "time" && day === 0) return time
  const date = isoDay(day, uses1904)
  return kind === "date" ? date : `${date}T${time}`
}

/** A date cell of the ISO kind, in the same shapes as `formatNumber`. */
export function formatIsoDate(raw: string): string {
  const match = /^(\d{4}-\d\d-\d\d)(?:T(\d\d:\d\d(?::\d\d)?)(?:\.\d+)?Z?)?$/.exec(raw.trim())
  if (!match) return raw
  const [, date, time] = match
  if (!time || /^00:00(:00)?$/.test(time)) return date!
  return `${date}T${time.length === 5 ? `${time}:00` : time}`
}

/** Serial number of an ISO date or date-time in the 1900 system; undefined before March 1900 or when it is none. */
export function toSerial(text: string): number | undefined {
  const match = /^(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:\.\d+)?)?Z?)?$/.exec(text)
  if (!match) return undefined
  const [year, month, day, hour, minute, second] = match.slice(1).map((part) => Number(part ?? 0)) as number[]
  const midnight = Date.UTC(year!, month! - 1, day!)
  const isReal =
    new Date(midnight).toISOString().startsWith(text.slice(0, 10)) &&
    hour! < 24 &&
    minute! < 60 &&
    second! < 60
  const serial = (midnight - EPOCH_1900) / (DAY_SECONDS * 1000)
  // Before that the 1900 system counts a day which never was.
  if (!isReal || serial < 61) return undefined
  return serial + (hour! * 3600 + minute! * 60 + second!) / DAY_SECONDS
}

function isoDay(day: number, uses1904: boolean): string {
  if (uses1904) return new Date(EPOCH_1904 + day * DAY_SECONDS * 1000).toISOString().slice(0, 10)
  if (day === 60) return "1900-02-29"
  return new Date(EPOCH_1900 + (day < 60 ? day + 1 : day) * DAY_SECONDS * 1000).toISOString().slice(0, 10)
}

function clock(seconds: number): string {
  const parts = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60]
  return parts.map((part) => String(part).padStart(2, "0")).join(":")
}

function plainNumber(value: number): string {
  const text = String(Number(value.toPrecision(15)))
  const match = /^(-?)(\d)(?:\.(\d+))?e([+-]\d+)$/.exec(text)
  const exponent = Number(match?.[4] ?? 0)
  if (!match || Math.abs(exponent) > 40) return text
  const digits = match[2]! + (match[3] ?? "")
  const plain = exponent > 0 ? digits.padEnd(exponent + 1, "0") : `0.${"0".repeat(-exponent - 1)}${digits}`
  return match[1]! + plain
}
