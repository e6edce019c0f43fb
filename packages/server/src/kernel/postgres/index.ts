export type { Log } from "./log.ts"
export type { Connection } from "./server.ts"
export { type PostgresOptions, type RunningPostgres, startPostgres } from "./supervisor.ts"
