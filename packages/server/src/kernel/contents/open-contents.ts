import { join } from "node:path"
import type { Config } from "../config.ts"
import type { ContentStore } from "./content-store.ts"
import { folderStore } from "./folder-store.ts"
import { s3Store } from "./s3-store.ts"

/** The store that `REGULARS_FILES` names; without it the folder `files` of the data folder. */
export function openContents({ files }: Pick<Config, "files">, dataDir: string): ContentStore {
  return files ? s3Store(files, join(dataDir, "files", "incoming")) : folderStore(dataDir)
}
