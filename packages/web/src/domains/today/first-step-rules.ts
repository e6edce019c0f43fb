export const stepNames = ["setUp", "import", "person", "sample", "invite", "task"] as const
export type StepName = (typeof stepNames)[number]

export interface Facts {
  people: number
  tasks: number
  /** Of these, brought by the sample. */
  samplePeople: number
  sampleTasks: number
  sampleLoaded: boolean
  /** People made by finished imports; null where none has finished. */
  imported: number | null
  /** Members and open invitations, oneself included. */
  colleagues: number
}
/** Which of the first steps the workspace itself shows to be done. */
export function doneSteps(facts: Facts): Record<StepName, boolean> {
  return {
    setUp: true,
    import: facts.imported !== null,
    person: facts.people - facts.samplePeople - (facts.imported ?? 0) > 0,
    sample: facts.sampleLoaded,
    invite: facts.colleagues > 1,
    task: facts.tasks - facts.sampleTasks > 0,
  }
}
/** Whoever has own people and a task has begun; the other steps are offers. */
export function hasBegun(steps: Record<StepName, boolean>): boolean {
  return (steps.import || steps.person) && steps.task
}
