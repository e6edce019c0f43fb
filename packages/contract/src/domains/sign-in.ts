const day = 24 * 60
/** How long a session may last where a workspace says nothing, and how far it may say otherwise; in minutes. */
export const sessionBounds = {
  idle: { least: 15, most: 30 * day, usual: 14 * day },
  longest: { least: 60, most: 90 * day, usual: 90 * day },
} as const
