import { isObjectName } from "@regulars/contract/kernel/own-objects.ts"
import type { Identity } from "../../kernel/http/identity.ts"
import type { LiveMessage } from "../../kernel/live.ts"

/** What a caller is told of a message: type, id and version at most; undefined for what is not theirs to know. */
export function messageFor({ membership }: Identity, message: LiveMessage): object | undefined {
  const may = (permission: string) => membership?.permissions.has(permission) === true
  if (message.type === "changed") {
    const { type, entity, id, version, memberId } = message
    if (memberId !== undefined && memberId !== membership?.memberId) return undefined
    return may(`${isObjectName(entity) ? "objects" : entity}:read`)
      ? { type, entity, id, version }
      : undefined
  }
  if (message.type === "operation")
    return may("operations:read") ? { type: message.type, id: message.id } : undefined
  const isOwn = message.type === "notification" && message.memberId === membership?.memberId
  return isOwn ? { type: message.type } : undefined
}
