import type { WholeExport } from "@regulars/contract/domains/moving.endpoints.ts"
import { IconDownload, IconPackageExport } from "@tabler/icons-react"
import { useQuery } from "@tanstack/react-query"
import { call } from "../../../lib/api.ts"
import { formatBytes } from "../../../lib/format.ts"
import { useFormats, useT } from "../../../lib/i18n.tsx"
import { Button } from "../../../ui/button.tsx"
import { RelativeTime } from "../../../ui/display.tsx"
import { ListSkeleton } from "../../../ui/skeleton.tsx"
import { ErrorState } from "../../../ui/states.tsx"
import { toast, useErrorToast } from "../../../ui/toast.tsx"
import styles from "./settings.module.css"
import { useWork } from "./use-backups.ts"
import { WorkToStart } from "./work-to-start.tsx"

/** The whole workspace as one file of open formats, to be taken along. */
export function ExportSettings() {
  const t = useT()
  const files = useQuery({
    queryKey: ["whole-exports"],
    queryFn: async ({ signal }) => (await call("GET /whole-exports", { signal })).data,
  })
  const work = useWork(
    "exportAll",
    () => call("POST /whole-exports"),
    () => {
      files.refetch()
      toast({ text: t("settings.export.done") })
    },
  )
  if (files.error && !files.data) return <ErrorState error={files.error} retry={() => files.refetch()} />
  if (!files.data) return <ListSkeleton rows={2} avatar={false} />
  return (
    <>
      <section className={styles.section}>
        <p>{t("settings.export.text")}</p>
        <WorkToStart
          work={work}
          icon={IconPackageExport}
          texts={{
            start: t("settings.export.now"),
            running: t("settings.export.running"),
            failed: t("settings.export.failed"),
          }}
          failed={work.latest?.status === "failed" ? work.latest : null}
        />
        <p className={styles.note}>{t("settings.export.private")}</p>
      </section>
      {files.data.length > 0 && (
        <section className={`${styles.section} ${styles.wide}`}>
          <ul className={styles.rows}>
            {files.data.map((file) => (
              <ExportedFile key={file.id} file={file} />
            ))}
          </ul>
        </section>
      )}
    </>
  )
}

/** The browser fetches it by itself, by an address made a moment before. */
async function download(id: string): Promise<void> {
  const { data } = await call("POST /whole-exports/:id/link", { params: { id } })
  window.location.assign(data.url)
}
function ExportedFile({ file: { id, size, createdAt, expiresAt } }: { file: WholeExport }) {
  const t = useT()
  const formats = useFormats()
  const showError = useErrorToast()
  return (
    <li className={styles.row}>
      <div className={styles.words}>
        <div className={styles.name}>
          <RelativeTime at={createdAt} />
        </div>
        <div className={styles.sub}>
          {t("settings.export.until")} <RelativeTime at={expiresAt} />
        </div>
      </div>
      <span>{formatBytes(size, formats)}</span>
      <Button icon={IconDownload} onClick={() => download(id).catch(showError)}>
        {t("settings.export.download")}
      </Button>
    </li>
  )
}
