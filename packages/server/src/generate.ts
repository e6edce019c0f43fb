import { mkdtemp, rm, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { migrate } from "./kernel/db/migrate.ts"
import { openPools } from "./kernel/db/pools.ts"
import { tableTypes } from "./kernel/db/table-types.ts"
import { startPostgres } from "./kernel/postgres/index.ts"

/** `npm run generate`: migrates an empty database and writes the row types of its tables. */
const folder = await mkdtemp(join(tmpdir(), "regulars-generate-"))
const quiet = () => undefined
const postgres = await startPostgres({ dataDir: folder, log: { info: quiet, warn: quiet, error: quiet } })
const pools = openPools({ connection: postgres.connection })
try {
  await migrate(pools.owner)
  const file = join(import.meta.dirname, "kernel/db/generated/tables.ts")
  await writeFile(file, await tableTypes(pools.owner))
} finally {
  await pools.close()
  await postgres.stop()
  await rm(folder, { recursive: true, force: true })
}
