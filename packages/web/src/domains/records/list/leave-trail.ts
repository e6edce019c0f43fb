import { listKey } from "../record-page/neighbours.ts"

/** Ids kept on either side of the record opened when the whole list is too much for the browser's storage. */
const near = 2000

/** Leaves the order of the list for the record page, whose "previous" and "next" follow it. */
export function leaveTrail(entity: string, ids: readonly string[], index: number): void {
  const put = (kept: readonly string[]) => sessionStorage.setItem(listKey(entity), JSON.stringify(kept))
  try {
    put(ids)
  } catch {
    try {
      put(ids.slice(Math.max(0, index - near), index + near))
    } catch {
      // Without storage the record page simply has no neighbours.
    }
  }
}
