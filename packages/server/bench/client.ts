import { setTimeout as pause } from "node:timers/promises"
import type { Operation } from "@regulars/contract/domains/general.endpoints.ts"
import type { Target } from "./load.ts"

/** Calls the API and answers all it said. Throws with its words when it refuses. */
export async function call<T>({ origin, headers }: Target, line: string, body?: object): Promise<T> {
  const [method, path] = line.split(" ")
  const isForm = body instanceof FormData
  const answer = await fetch(`${origin}/api/v1${path}`, {
    method: method as string,
    headers: { ...headers, ...(body && !isForm && { "content-type": "application/json" }) },
    ...(body && { body: isForm ? body : JSON.stringify(body) }),
  })
  const text = await answer.text()
  if (!answer.ok) throw new Error(`${line}: ${text}`)
  return JSON.parse(text) as T
}

/** Waits for an operation, asking again after some milliseconds. Throws unless it ends well. */
export async function finished(target: Target, id: string, every = 50): Promise<Operation> {
  for (;;) {
    const { data } = await call<{ data: Operation }>(target, `GET /operations/${id}`)
    if (data.status === "done") return data
    if (data.status !== "queued" && data.status !== "running")
      throw new Error(`The ${data.kind} is ${data.status}: ${data.error}`)
    await pause(every)
  }
}

/** Takes an operation back and waits for that. */
export async function undone(target: Target, id: string, every?: number): Promise<Operation> {
  const { data } = await call<{ data: Operation }>(target, `POST /operations/${id}/undo`)
  return finished(target, data.id, every)
}
