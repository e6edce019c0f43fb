import type { Writable } from "node:stream"
import { chooseLanguage, languages } from "@regulars/locales/runtime.ts"
import { translatorFor } from "@regulars/locales/server.ts"
import type { Context } from "../../kernel/context.ts"
import { writeCsv } from "./formats/write-csv.ts"
import { headerOf, problemText } from "./import-view.ts"
import { type ImportRow, readRejects } from "./imports.queries.ts"

const page = 500

/** Whether a file is one of refused rows: its last two columns are ours, and are no part of the rows. */
export function isRejectsFile(headers: readonly string[]): boolean {
  const [line, reason] = headers.slice(-2)
  return languages
    .map((language) => translatorFor(language))
    .some((t) => line === t("import.rejects.line") && reason === t("import.rejects.reason"))
}

/**
 * Writes the refused rows as CSV and ends `out`: the file's own columns as they were, with line and reason behind
 * them, so that the rows can be put right and imported again as they are.
 */
export async function writeRejects(ctx: Context, row: ImportRow, out: Writable): Promise<void> {
  const t = translatorFor(chooseLanguage([ctx.language]))
  const headers = row.columns.map(({ header }) => header)
  async function* rows(): AsyncGenerator<string[]> {
    let after = -1
    for (;;) {
      const rejects = await readRejects(ctx, row.id, after, page)
      for (const { line, cells, problems } of rejects) {
        const reasons = problems.map((problem) => {
          const header = headerOf(row, problem.column)
          return header === null ? problemText(t, problem) : `${header}: ${problemText(t, problem)}`
        })
        yield [...headers.map((_, index) => cells[index] ?? ""), String(line), reasons.join(" ")]
      }
      if (rejects.length < page) return
      after = rejects.at(-1)?.line ?? after
    }
  }
  await writeCsv(out, [...headers, t("import.rejects.line"), t("import.rejects.reason")], rows())
}
