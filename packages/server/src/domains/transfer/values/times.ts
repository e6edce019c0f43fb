import type { Reading } from "./reading.ts"

const TIME = /^(\d{1,2})(?:[:.h](\d{2})(?::\d{2}(?:\.\d+)?)?)?\s*([ap])?\.?(?:m\.?)?\s*(uhr|h)?$/i

/** Reads a time of day ("9:05", "14.30 Uhr", "2 pm", "14:30:00") into "HH:MM". */
export function readTime(text: string): Reading<string> {
  const [, hour, minute, half, word] = TIME.exec(text.trim()) ?? []
  if (hour === undefined || (minute === undefined && !half && !word)) return { problem: "time_invalid" }
  const hours = half ? (Number(hour) % 12) + (half.toLowerCase() === "p" ? 12 : 0) : Number(hour)
  if (hours > 23 || Number(minute ?? 0) > 59) return { problem: "time_invalid" }
  return { value: `${String(hours).padStart(2, "0")}:${minute ?? "00"}` }
}

const HOURS = "(?:h|hrs?|hours?|std\\.?|stunden?|horas?)"
const MINUTES = "(?:m|min\\.?|mins?|minutes?|minuten?|minutos?|')"
const CLOCK = /^(\d{1,3}):(\d{2})(?::\d{2})?$/
const WORDS = new RegExp(`^(?:(\\d+(?:[.,]\\d+)?)\\s*${HOURS})?\\s*(?:(\\d+)\\s*${MINUTES}?)?$`, "i")

/** Reads how long something took ("45", "45 min", "1:30", "1 h 30", "1,5 Std.") in minutes. */
export function readMinutes(text: string): Reading<number> {
  const bare = text.trim()
  const [, hours, minutes] = CLOCK.exec(bare) ?? WORDS.exec(bare) ?? []
  if (hours === undefined && minutes === undefined) return { problem: "number_invalid" }
  return { value: Math.round(Number((hours ?? "0").replace(",", ".")) * 60) + Number(minutes ?? 0) }
}
