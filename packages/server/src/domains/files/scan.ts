import { execFile } from "node:child_process"
import type { Config } from "../../kernel/config.ts"
import { AppError, invalid } from "../../kernel/errors.ts"

/** How long a scan may take, in milliseconds. */
const patience = 60_000

/**
 * Has the virus scanner of SCAN_COMMAND look at a file: it is called with the path and ends with 0 for clean content
 * and 1 for what it found something in, as ClamAV's scanners do. Without the setting nothing happens.
 * @throws AppError validation_failed for infected content; unavailable where there was no verdict, as nobody knows then
 */
export async function scanFile({ scanCommand }: Pick<Config, "scanCommand">, path: string): Promise<void> {
  if (!scanCommand) return
  const [program = "", ...words] = scanCommand.split(/\s+/)
  const verdict = await new Promise<unknown>((resolve) => {
    execFile(program, [...words, path], { timeout: patience }, (error) => resolve(error ? error.code : 0))
  })
  if (verdict === 1)
    throw invalid("file", "infected", "was not taken in: the virus scanner found something in it")
  if (verdict !== 0)
    throw new AppError("unavailable", {
      detail: "The file was not taken in, because the virus scanner gave no answer. Try again in a moment.",
    })
}
