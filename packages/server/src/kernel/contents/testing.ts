import type { ContentStore, StoredContent } from "./content-store.ts"

/** All that lies in a store. */
export async function listed(contents: ContentStore): Promise<StoredContent[]> {
  const all: StoredContent[] = []
  for await (const page of contents.list()) all.push(...page)
  return all
}
