/** Files of texts in each language's folder; a new file is added here and in `message-id.ts`. */
export const areas = [
  "auth",
  "bin",
  "bulk",
  "common",
  "duplicates",
  "errors",
  "events",
  "fields",
  "filters",
  "import",
  "list",
  "mail",
  "merge",
  "record",
  "refusals",
  "search",
  "sell",
  "settings",
  "shell",
  "tasks",
  "today",
  "views",
] as const
/**
 * Areas whose texts the browser loads with the pages that show them; all others it has from the start. What the
 * server says about refused rows (`refusals`) comes with its answers and is never loaded.
 */
export const pageAreas = [
  "auth",
  "bin",
  "bulk",
  "duplicates",
  "events",
  "import",
  "merge",
  "refusals",
  "sell",
  "settings",
  "today",
  "views",
] as const
export type PageArea = (typeof pageAreas)[number]
export type Area = (typeof areas)[number]
