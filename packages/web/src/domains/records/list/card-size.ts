/** Pixels of a card in a list of cards. */
export const cardHeight = 68
/** Narrowest a card gets where there is room for several side by side. */
const cardWidth = 300

/** How many cards stand side by side in so many pixels. */
export function lanesIn(width: number): number {
  return Math.max(1, Math.floor(width / cardWidth))
}
