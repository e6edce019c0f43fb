/** Texts longer than this are compared by their beginning: nobody types a name of that length. */
const longest = 96
const takenFromOne = new Uint8Array(longest)
const takenFromOther = new Uint8Array(longest)

/**
 * How alike two short texts are, 0 to 1, with a bonus for a common beginning.
 * Jaro, "Advances in Record-Linkage Methodology" (JASA 84, 1989); Winkler, "String Comparator Metrics and Enhanced
 * Decision Rules in the Fellegi-Sunter Model" (ASA 1990).
 */
export function jaroWinkler(left: string, right: string): number {
  if (left === right) return 1
  const jaro = jaroOf(left.slice(0, longest), right.slice(0, longest))
  let common = 0
  while (common < 4 && common < left.length && left[common] === right[common]) common++
  return jaro + common * 0.1 * (1 - jaro)
}

function jaroOf(one: string, other: string): number {
  const reach = Math.max(0, (Math.max(one.length, other.length) >> 1) - 1)
  takenFromOne.fill(0, 0, one.length)
  takenFromOther.fill(0, 0, other.length)
  let matches = 0
  for (let at = 0; at < one.length; at++) {
    const end = Math.min(other.length, at + reach + 1)
    for (let candidate = Math.max(0, at - reach); candidate < end; candidate++) {
      if (takenFromOther[candidate] || one.charCodeAt(at) !== other.charCodeAt(candidate)) continue
      takenFromOne[at] = 1
      takenFromOther[candidate] = 1
      matches++
      break
    }
  }
  if (matches === 0) return 0
  const transpositions = outOfOrder(one, other) / 2
  return (matches / one.length + matches / other.length + (matches - transpositions) / matches) / 3
}

/** How many of the matched letters stand at another place in line. */
function outOfOrder(one: string, other: string): number {
  let moved = 0
  let next = 0
  for (let at = 0; at < one.length; at++) {
    if (!takenFromOne[at]) continue
    while (!takenFromOther[next]) next++
    if (one.charCodeAt(at) !== other.charCodeAt(next)) moved++
    next++
  }
  return moved
}

/**
 * Whether at most `limit` slips of the keyboard lead from one text to the other: a letter too many, too few, a wrong
 * one, or two neighbours swapped. Damerau, "A technique for computer detection and correction of spelling errors"
 * (CACM 7, 1964), in the form that edits no place twice.
 */
export function isWithinEdits(one: string, other: string, limit: number): boolean {
  if (one === other) return true
  if (Math.abs(one.length - other.length) > limit) return false
  let start = 0
  while (start < one.length && one.charCodeAt(start) === other.charCodeAt(start)) start++
  let tail = 0
  const room = Math.min(one.length, other.length) - start
  while (tail < room && one.charCodeAt(one.length - 1 - tail) === other.charCodeAt(other.length - 1 - tail))
    tail++
  return edits(one.slice(start, one.length - tail), other.slice(start, other.length - tail), limit) <= limit
}

/** Edits between what is left without the common beginning and end; anything above `limit` means "more". */
function edits(one: string, other: string, limit: number): number {
  if (one.length === 0 || other.length === 0) return one.length + other.length
  // What remains of one slip is at most two letters; longer rests need no table to be refused.
  if (limit === 1 && one.length + other.length > 4) return 2
  let before: number[] = []
  let above = Array.from({ length: other.length + 1 }, (_, column) => column)
  for (let row = 1; row <= one.length; row++) {
    const line = [row]
    for (let column = 1; column <= other.length; column++) {
      const isSame = one[row - 1] === other[column - 1]
      let cost = Math.min(above[column]! + 1, line[column - 1]! + 1, above[column - 1]! + (isSame ? 0 : 1))
      const isSwap = one[row - 1] === other[column - 2] && one[row - 2] === other[column - 1]
      if (row > 1 && column > 1 && isSwap) cost = Math.min(cost, before[column - 2]! + 1)
      line.push(cost)
    }
    if (Math.min(...line) > limit) return limit + 1
    before = above
    above = line
  }
  return above[other.length]!
}
