import { AppError } from "../../kernel/errors.ts"

/** Does work when its turn has come. Throws `unavailable` where too much of the same group waits. */
export type InTurn = <T>(group: string, work: () => Promise<T>) => Promise<T>

/**
 * Lets so much work go on at once; what waits takes turns by group, so that nobody with much to do keeps others
 * waiting. `mostWaiting` is for each group.
 */
export function fairTurns({ atOnce, mostWaiting }: { atOnce: number; mostWaiting: number }): InTurn {
  /** In the order of their turns: a group that was served stands behind the others. */
  const waiting = new Map<string, (() => void)[]>()
  let running = 0
  const startNext = () => {
    const [next] = waiting
    if (!next || running === atOnce) return
    const [group, [start, ...others]] = next
    waiting.delete(group)
    if (others.length > 0) waiting.set(group, others)
    running += 1
    start?.()
  }
  return async (group, work) => {
    const mine = waiting.get(group) ?? []
    if (mine.length >= mostWaiting)
      throw new AppError("unavailable", {
        detail: "Many pictures are being made smaller. Try again in a moment.",
        retryAfter: 5,
      })
    await new Promise<void>((resolve) => {
      waiting.set(group, [...mine, resolve])
      startNext()
    })
    try {
      return await work()
    } finally {
      running -= 1
      startNext()
    }
  }
}
