import type { Services } from "../context.ts"
import { forgetRegistries } from "../own-fields/workspace-registry.ts"
import { channel, type Envelope } from "./notification.ts"
import { openStandingConnection } from "./standing-connection.ts"

/** Messages are sent together this often, so that a burst of writes is one notification. */
const flushMilliseconds = 40
/** PostgreSQL refuses payloads of 8,000 bytes. */
const mostPerNotification = 30

export interface Bridge {
  stop(): Promise<void>
}

/** Carries live messages between the processes of one installation through LISTEN and NOTIFY. */
export async function startBridge(services: Services): Promise<Bridge> {
  const self = services.live.id
  let pending: Envelope["messages"] = []
  let written = false
  let timer: NodeJS.Timeout | undefined

  const flush = async () => {
    timer = undefined
    const messages = pending
    const envelope = { from: self, written }
    pending = []
    written = false
    for (let start = 0; start === 0 || start < messages.length; start += mostPerNotification) {
      const payload: Envelope = { ...envelope, messages: messages.slice(start, start + mostPerNotification) }
      await services.pools.owner
        .query("select pg_notify($1, $2)", [channel, JSON.stringify(payload)])
        .catch(() => undefined)
    }
  }
  const schedule = () => {
    timer ??= setTimeout(() => void flush(), flushMilliseconds)
  }
  const unsubscribe = [
    services.live.onPublish((w, m) => {
      pending.push({ w, m })
      schedule()
    }),
    services.live.onWritten(() => {
      written = true
      schedule()
    }),
  ]
  const receive = (text: string | undefined) => {
    const envelope = JSON.parse(text ?? "{}") as Envelope
    if (envelope.from === self) return
    for (const { w, m } of envelope.messages) services.live.deliver(w, m)
    if (envelope.written) services.live.wake()
  }
  const listener = await openStandingConnection(services.pools, "listener", (client) => {
    client.on("notification", (message) => receive(message.payload))
    // What others told while nobody listened is gone.
    return client.query(`listen ${channel}`).then(() => forgetRegistries(services))
  })
  return {
    async stop() {
      clearTimeout(timer)
      for (const end of unsubscribe) end()
      await listener.stop()
    },
  }
}
