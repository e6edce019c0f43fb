/** Files of texts in each language's folder; a new file is added here and in `message-id.ts`. */
export const areas = [
  "auth",
  "bin",
  "common",
  "errors",
  "events",
  "fields",
  "filters",
  "import",
  "kit",
  "list",
  "mail",
  "record",
  "search",
  "settings",
  "shell",
  "tasks",
  "today",
] as const
/** Areas whose texts the browser loads with the pages that show them; all others it has from the start. */
export const pageAreas = ["auth", "import", "settings"] as const
export type PageArea = (typeof pageAreas)[number]
export type Area = (typeof areas)[number]
