import type { ShareAccess } from "../domains/rights.ts"
import type { RecordAccess, Share } from "./access-endpoints.ts"
import type { BulkPreview } from "./bulk-endpoints.ts"
import type { EntityDeclaration, RecordOf } from "./entity.ts"
import type { HistoryEntry, TimelineEntry } from "./entity-endpoints.ts"
import type { Filter } from "./filter.ts"

/** Parameters of a list as a caller in TypeScript writes them; the client turns them into a query body. */
export interface ListParams {
  filter?: Filter
  sort?: string[]
  fields?: string[]
  include?: string[]
  limit?: number
  cursor?: string
  count?: "true" | "exact"
  deleted?: boolean
  ids?: boolean
  only?: string[]
}
export interface ListAnswer<R> {
  data: R[]
  page: { next: string | null }
  count?: { value: number; capped: boolean }
  ids?: string[]
  /** Of the ids in `only`: those that were merged, and into which record. */
  merged?: Record<string, string>
  included?: Included
}
export type Included = Record<string, Record<string, string>>
/** Typed view of the generic endpoints of an entity, for the web client. */
export type EntityCalls<E extends EntityDeclaration> = {
  [K in `POST /${E["name"]}/query`]: {
    params: undefined
    query: undefined
    body: ListParams
    response: ListAnswer<RecordOf<E>>
  }
} & {
  [K in `GET /${E["name"]}/:id`]: {
    params: { id: string }
    query: { include?: string } | undefined
    body: undefined
    response: { data: RecordOf<E>; included?: Included }
  }
} & {
  [K in `POST /${E["name"]}`]: {
    params: undefined
    query: { allowDuplicate?: "true" } | undefined
    body: Record<string, unknown>
    response: { data: RecordOf<E> }
  }
} & {
  [K in `PATCH /${E["name"]}/:id`]: {
    params: { id: string }
    query: undefined
    body: Record<string, unknown>
    response: { data: RecordOf<E> }
  }
} & {
  [K in `DELETE /${E["name"]}/:id`]: {
    params: { id: string }
    query: undefined
    body: undefined
    response: undefined
  }
} & {
  [K in `POST /${E["name"]}/:id/restore`]: {
    params: { id: string }
    query: { withoutTaken?: "true" } | undefined
    body: undefined
    response: { data: RecordOf<E> }
  }
} & {
  [K in `POST /${E["name"]}/bulk`]: {
    params: undefined
    query: undefined
    body: { filter?: Filter; ids?: string[]; action: string; input?: Record<string, unknown> }
    response: { data: { operationId: string } }
  }
} & {
  [K in `POST /${E["name"]}/bulk/preview`]: {
    params: undefined
    query: undefined
    body: { filter?: Filter; ids?: string[]; action: string; input?: Record<string, unknown> }
    response: { data: BulkPreview }
  }
} & {
  [K in `POST /${E["name"]}/merge`]: {
    params: undefined
    query: undefined
    body: { keep: string; merge: string[]; fields?: Record<string, string> }
    response: { data: { operationId: string } }
  }
} & {
  [K in `POST /${E["name"]}/merge/preview`]: {
    params: undefined
    query: undefined
    body: { ids: string[] }
    response: { data: Record<string, Record<string, number>> }
  }
} & {
  [K in `GET /${E["name"]}/:id/history`]: {
    params: { id: string }
    query: { field?: string; cursor?: number; limit?: number } | undefined
    body: undefined
    response: {
      data: HistoryEntry[]
      page: { next: string | null }
      included: Record<string, Record<string, string>>
    }
  }
} & {
  [K in `GET /${E["name"]}/:id/timeline`]: {
    params: { id: string }
    query: { types?: string; cursor?: string; limit?: number } | undefined
    body: undefined
    response: { data: TimelineEntry[]; page: { next: string | null } }
  }
} & {
  [K in `GET /${E["name"]}/:id/access`]: {
    params: { id: string }
    query: undefined
    body: undefined
    response: { data: RecordAccess }
  }
} & {
  [K in `POST /${E["name"]}/:id/shares`]: {
    params: { id: string }
    query: undefined
    body: { memberId?: string; teamId?: string; access: ShareAccess }
    response: { data: Share }
  }
} & {
  [K in `DELETE /${E["name"]}/:id/shares/:shareId`]: {
    params: { id: string; shareId: string }
    query: undefined
    body: undefined
    response: undefined
  }
}
