import { FormatError } from "./format-error.ts"
import { openCsv } from "./read-csv.ts"
import { openXlsx } from "./read-xlsx.ts"
import { sniffFormat } from "./sniff-format.ts"
import type { OpenedTable, OpenOptions } from "./table.ts"

/**
 * Opens a CSV or XLSX file for reading rows, whatever its name says. Close the table after use.
 * @throws FormatError `unsupported_format` with a remedy; `payload_too_large` for a workbook that expands beyond
 * all measure; `validation_failed` when it is damaged, empty or the options don't fit it
 */
export async function openTable(file: string, options: OpenOptions = {}): Promise<OpenedTable> {
  const sniffed = await sniffFormat(file)
  if (sniffed.format === "csv") return openCsv(file, options)
  if (sniffed.format === "xlsx") return openXlsx(file, options)
  if (sniffed.format === "vcard") {
    throw new FormatError("unsupported_format", "A contact card file has no rows and columns", {
      reason: "vcard",
      remedy: "Import it as contact cards",
    })
  }
  const code = sniffed.reason === "empty" ? "validation_failed" : "unsupported_format"
  throw new FormatError(code, sniffed.message, {
    reason: sniffed.reason,
    remedy: sniffed.remedy,
  })
}
