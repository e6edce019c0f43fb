/** Work that can be interrupted at each of its steps, so that a server serves others in between. */
export type InSteps<T> = Generator<void, T>

/** Does such work without stopping. */
export function allSteps<T>(steps: InSteps<T>): T {
  for (;;) {
    const step = steps.next()
    if (step.done) return step.value
  }
}
