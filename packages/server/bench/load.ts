import autocannon from "autocannon"

export interface Shot {
  method: "GET" | "POST" | "PATCH"
  path: string
  body?: unknown
}
export interface Figures {
  /** Requests a second. */
  rate: number
  p50: number
  p95: number
  p99: number
  errors: number
}
export interface Target {
  origin: string
  headers: Record<string, string>
}

/** Sends requests over a number of connections for some seconds, each made by `next`; latencies in milliseconds. */
export async function load(
  target: Target,
  next: () => Shot,
  connections: number,
  seconds: number,
): Promise<Figures> {
  const times: number[] = []
  const refused = new Map<number, number>()
  await new Promise<void>((resolve, reject) => {
    const run = autocannon(
      {
        url: target.origin,
        connections,
        duration: seconds,
        headers: target.headers,
        requests: [
          {
            setupRequest: (request) => {
              const { method, path, body } = next()
              return {
                ...request,
                method,
                path,
                ...(body !== undefined && {
                  body: JSON.stringify(body),
                  headers: { ...target.headers, "content-type": "application/json" },
                }),
              }
            },
          },
        ],
      },
      (error) => (error ? reject(error) : resolve()),
    )
    run.on("response", (_client, status, _bytes, time) => {
      times.push(time)
      if (status >= 400) refused.set(status, (refused.get(status) ?? 0) + 1)
    })
    run.on("reqError", () => refused.set(0, (refused.get(0) ?? 0) + 1))
  })
  if (refused.size > 0) process.stderr.write(`answers by status: ${JSON.stringify([...refused])}\n`)
  const errors = [...refused.values()].reduce((sum, count) => sum + count, 0)
  return { rate: times.length / seconds, ...sharesOf(times), errors }
}

/** Below which time half of them lie, and 95 and 99 of a hundred. */
export function sharesOf(times: readonly number[]): Pick<Figures, "p50" | "p95" | "p99"> {
  const sorted = times.toSorted((one, other) => one - other)
  const at = (share: number) =>
    sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN
  return { p50: at(0.5), p95: at(0.95), p99: at(0.99) }
}
