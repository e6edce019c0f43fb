import { fork } from "node:child_process"
import { join } from "node:path"
import type { LimitPlan } from "./limit-server.ts"

/** Starts the bare limit as a process of its own. */
export async function startLimit(connection: object) {
  const child = fork(join(import.meta.dirname, "limit-server.ts"), [JSON.stringify(connection)])
  const said = () => new Promise<{ port?: number }>((resolve) => child.once("message", resolve as never))
  const { port } = await said()
  return {
    origin: `http://127.0.0.1:${port}`,
    async use(plan: LimitPlan) {
      const ready = said()
      child.send(plan)
      await ready
    },
    stop: () => child.disconnect(),
  }
}
