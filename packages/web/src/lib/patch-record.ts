import type { EntityName } from "@regulars/contract/entities.ts"
import { gatherCustom, spreadCustom } from "@regulars/contract/kernel/own-fields.ts"
import type { AnyRecord } from "./any-record.ts"
import { request } from "./api.ts"
import { isApiError } from "./api-error.ts"
import { askWhichStays, type Clash } from "./conflicts.ts"
import { baseVersion, type OwnWrites, rememberWrite } from "./own-writes.ts"

export interface Patch {
  id: string
  changes: Record<string, unknown>
  /** Version of the record that was shown when editing began; without it a colleague's change is overwritten. */
  version?: number
}
export interface Patched {
  /** As it stands on the server now. */
  record: AnyRecord
  /** False when the person chose to keep what a colleague had saved. */
  isSaved: boolean
  /** What colleagues had saved meanwhile, where it was replaced all the same. */
  replaced: Record<string, unknown>
}

const own: OwnWrites = new Map()
const turns = new Map<string, Promise<unknown>>()

/**
 * Sends changed fields, those of one record one after the other. When somebody else saved the same field meanwhile,
 * the person is shown both and chooses. Throws ApiError: `version_conflict` when they put the question away.
 */
export function sendPatch(entity: EntityName, patch: Patch): Promise<Patched> {
  const record = `${entity}.${patch.id}`
  const send = () => attempt(entity, patch)
  const turn = (turns.get(record) ?? Promise.resolve()).then(send, send)
  turns.set(record, turn)
  const end = () => turns.get(record) === turn && turns.delete(record)
  turn.then(end, end)
  return turn
}

async function attempt(entity: EntityName, { id, changes, version }: Patch): Promise<Patched> {
  const params = { id }
  const record = `${entity}.${id}`
  const fields = Object.keys(changes)
  const from = version === undefined ? undefined : baseVersion(own, record, fields, version)
  try {
    const headers = from === undefined ? undefined : { "if-match": `"${from}"` }
    const answer = await request(`PATCH /${entity}/:id`, { params, body: gatherCustom(changes), headers })
    const data = spreadCustom((answer as { data: AnyRecord }).data) as AnyRecord
    if (from !== undefined) rememberWrite(own, record, fields, { from, to: data.version ?? from })
    return { record: data, isSaved: true, replaced: {} }
  } catch (error) {
    const conflict = conflictIn(error)
    const choice = conflict ? await askWhichStays(entity, conflict.fields) : "undecided"
    if (!conflict || choice === "undecided") throw error
    if (choice === "theirs") {
      const answer = (await request(`GET /${entity}/:id`, { params })) as { data: AnyRecord }
      return { record: spreadCustom(answer.data) as AnyRecord, isSaved: false, replaced: {} }
    }
    const saved = await attempt(entity, { id, changes, version: conflict.version })
    const theirs = Object.fromEntries(conflict.fields.map((clash) => [clash.field, clash.theirs]))
    return { ...saved, replaced: { ...theirs, ...saved.replaced } }
  }
}
/** What a refused change clashed with; undefined for every other error. */
function conflictIn(error: unknown): { version: number; fields: Clash[] } | undefined {
  if (!isApiError(error, "version_conflict")) return undefined
  const { version, fields } = error.details as { version: number; fields?: Clash[] }
  return fields && fields.length > 0 ? { version, fields } : undefined
}
