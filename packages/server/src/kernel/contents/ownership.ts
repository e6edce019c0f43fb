import type { ContentStore } from "./content-store.ts"

/**
 * Whether a place belongs to this installation; one without a mark becomes its own. What lies in the place of another
 * one is never deleted, since only the rows of its owner say what is needed.
 */
export async function claimContents(contents: ContentStore, instanceId: string): Promise<boolean> {
  const owner = await contents.owner()
  if (owner === undefined) await contents.setOwner(instanceId)
  return owner === undefined || owner === instanceId
}

export const foreignPlace =
  'The place of the files (REGULARS_FILES, or the folder "files" of REGULARS_DATA) belongs to another installation, as the file "owner" in it says.'
