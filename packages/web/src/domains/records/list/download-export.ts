import type { Filter } from "@regulars/contract/kernel/filter.ts"
import { respond } from "../../../lib/api.ts"
import { ApiError } from "../../../lib/api-error.ts"

export type ExportFormat = "csv" | "xlsx" | "vcard"
interface Wanted {
  entity: string
  format: ExportFormat
  filter?: Filter | undefined
  sort?: readonly string[]
  fields?: readonly string[] | undefined
  /** These records only; all of them when absent. */
  ids?: readonly string[] | undefined
}
/** Most records one request takes by their ids. */
export const mostExportIds = 10_000
/**
 * Fetches an export and hands it to the browser as a file. Throws ApiError when it is refused or breaks off, and the
 * signal's reason when it was given up.
 */
export async function downloadExport(wanted: Wanted, signal: AbortSignal): Promise<void> {
  const { entity, format } = wanted
  const response = await respond("POST /export", { body: wanted, headers: { accept: "*/*" }, signal })
  const file = await response.blob().catch((cause: unknown) => {
    if (signal.aborted) throw cause
    throw new ApiError({ code: "offline", status: 0, detail: String(cause) })
  })
  const link = document.createElement("a")
  link.href = URL.createObjectURL(file)
  link.download = nameOf(response) ?? `${entity}.${format === "vcard" ? "vcf" : format}`
  link.click()
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000)
}
function nameOf(response: Response): string | undefined {
  const header = response.headers.get("content-disposition") ?? ""
  const encoded = /filename\*=UTF-8''([^;]+)/i.exec(header)?.[1]
  return encoded ? decodeURIComponent(encoded) : /filename="([^"]+)"/.exec(header)?.[1]
}
