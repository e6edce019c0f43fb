import pg from "pg"
import type { Pools } from "./pools.ts"

const againAfter = 500

export interface StandingConnection {
  /** Undefined while it is lost. */
  client(): pg.Client | undefined
  stop(): Promise<void>
}
/**
 * One connection that stays open, for what lives as long as a session: listening, and locks that say that this
 * process is alive. It is opened again when it is lost; `whenOpen` prepares it each time.
 */
export async function openStandingConnection(
  pools: Pools,
  name: string,
  whenOpen: (client: pg.Client) => Promise<unknown>,
): Promise<StandingConnection> {
  let stopped = false
  let current: pg.Client | undefined
  let ready: pg.Client | undefined
  const open = async (): Promise<void> => {
    if (stopped) return
    const client = new pg.Client({
      ...pools.direct,
      application_name: `regulars ${name}`,
      keepAlive: true,
      pipeline: true,
    })
    current = client
    const again = () => {
      if (current !== client || stopped) return
      current = undefined
      ready = undefined
      client.end().catch(() => undefined)
      setTimeout(() => void open(), againAfter)
    }
    client.on("error", again)
    client.on("end", again)
    await client
      .connect()
      .then(() => whenOpen(client))
      .then(() => {
        ready = current
      })
      .catch(again)
  }
  await open()
  return {
    client: () => ready,
    async stop() {
      stopped = true
      await current?.end().catch(() => undefined)
    },
  }
}
