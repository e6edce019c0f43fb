import { execFile } from "node:child_process"
import type { Config } from "../../kernel/config.ts"
import { AppError, invalid } from "../../kernel/errors.ts"
import { isInfected } from "./clamd.ts"

/** How long a scan may take in milliseconds, and how much of a file it must get through in each further one. */
const patience = 60_000
const bytesEach = 1000

/**
 * Has the virus scanners look at a file: the clamd of SCAN_CLAMD, and the program of SCAN_COMMAND, which is called with
 * the path and ends with 0 for clean content and 1 for what it found something in. Without the settings nothing happens.
 * @throws AppError validation_failed for infected content; payload_too_large for what clamd takes no file of; unavailable
 * where there was no verdict, as nobody knows then
 */
export async function scanFile(
  { scanCommand, scanClamd }: Pick<Config, "scanCommand" | "scanClamd">,
  path: string,
  size: number,
): Promise<void> {
  const time = patience + size / bytesEach
  const verdicts = await Promise.all([
    scanCommand && askProgram(scanCommand, path, time),
    scanClamd && isInfected(scanClamd, path, time),
  ])
  if (verdicts.includes(true))
    throw invalid("file", "infected", "was not taken in: the virus scanner found something in it")
  const isSure = [scanCommand, scanClamd].every((scanner, index) => !scanner || verdicts[index] === false)
  if (!isSure)
    throw new AppError("unavailable", {
      detail: "The file was not taken in, because the virus scanner gave no answer. Try again in a moment.",
    })
}

/** As `isInfected`. */
async function askProgram(command: string, path: string, time: number): Promise<boolean | undefined> {
  const [program = "", ...words] = command.split(/\s+/)
  const end = await new Promise<unknown>((resolve) => {
    execFile(program, [...words, path], { timeout: Math.ceil(time) }, (error) =>
      resolve(error ? error.code : 0),
    )
  })
  return end === 1 ? true : end === 0 ? false : undefined
}
