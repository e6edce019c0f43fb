/** What an own object can be shown by. */
export const objectIcons = [
  "box",
  "bike",
  "car",
  "tool",
  "paw",
  "plant",
  "home",
  "key",
  "device",
  "contract",
  "calendar",
  "star",
] as const
export type ObjectIcon = (typeof objectIcons)[number]
