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
export type Area = (typeof areas)[number]
