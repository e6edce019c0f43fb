import { totalmem } from "node:os"

export type Listening = {
  /** folder of the socket; undefined on Windows */
  socketFolder: string | undefined
  /** number in the socket's name, and of the TCP port where there is one */
  port: number
  /** also listen on 127.0.0.1 */
  tcp: boolean
}

/**
 * Our settings file, read after PostgreSQL's own and before what `ALTER SYSTEM` wrote, so that an administrator
 * can tune. It is written anew at each start.
 */
export function renderSettings(listening: Listening, logFolder: string): string {
  const settings: Record<string, string | number> = {
    listen_addresses: listening.tcp ? "127.0.0.1" : "",
    port: listening.port,
    // Double quotes inside: the value is a list, and a folder's name may hold a comma.
    unix_socket_directories: listening.socketFolder
      ? `"${listening.socketFolder.replaceAll('"', '""')}"`
      : "",
    unix_socket_permissions: "0700",
    fsync: "on",
    full_page_writes: "on",
    synchronous_commit: "on",
    max_connections: 60,
    // A sixteenth of the memory: an import into a million people slows down where its indexes don't fit.
    shared_buffers: `${Math.min(1024, Math.max(128, Math.round(memoryInGigabytes() * 64)))}MB`,
    work_mem: "8MB",
    max_wal_size: "2GB",
    random_page_cost: 1.1,
    jit: "off",
    // A table just filled by an import is planned badly until it has been looked at.
    autovacuum_naptime: "10s",
    timezone: "UTC",
    log_timezone: "UTC",
    // One file per weekday, overwritten a week later.
    logging_collector: "on",
    log_directory: logFolder,
    log_filename: "postgresql-%a.log",
    log_file_mode: "0600",
    log_truncate_on_rotation: "on",
    log_rotation_age: "1d",
    log_rotation_size: 0,
    // Details and contexts of errors quote the values of rows, and people's data does not belong in a log.
    log_error_verbosity: "terse",
  }
  const lines = Object.entries(settings).map(([name, value]) => `${name} = ${quote(String(value))}`)
  return `# Written by Regulars at each start. Your own settings: ALTER SYSTEM SET ...\n${lines.join("\n")}\n`
}

function quote(value: string): string {
  return `'${value.replaceAll("\\", "\\\\").replaceAll("'", "''")}'`
}

/** A container's limit counts, where there is one. */
function memoryInGigabytes(): number {
  const limit = process.constrainedMemory() || Number.POSITIVE_INFINITY
  return Math.min(totalmem(), limit) / 1024 ** 3
}
