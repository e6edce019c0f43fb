import type { ListedBackup } from "@regulars/contract/domains/backup.endpoints.ts"
import { IconDatabaseExport } from "@tabler/icons-react"
import { call } from "../../../lib/api.ts"
import { formatBytes } from "../../../lib/format.ts"
import { useFormats, useT } from "../../../lib/i18n.tsx"
import { CopyOnClick } from "../../../ui/copy-on-click.tsx"
import { RelativeTime } from "../../../ui/display.tsx"
import { ListSkeleton } from "../../../ui/skeleton.tsx"
import { ErrorState } from "../../../ui/states.tsx"
import { toast } from "../../../ui/toast.tsx"
import { BackupList } from "./backup-list.tsx"
import { BackupPlanSection, SendingPaused } from "./backup-plan.tsx"
import styles from "./settings.module.css"
import { useBackups, useWork } from "./use-backups.ts"
import { WorkToStart } from "./work-to-start.tsx"

/** The last backup, a new one at a click, and those that lie on the server. */
export function BackupSettings() {
  const t = useT()
  const { list, refresh } = useBackups()
  const work = useWork(
    "backup",
    () => call("POST /backups"),
    () => toast({ text: t("settings.backup.done") }),
  )
  if (list.error && !list.data) return <ErrorState error={list.error} retry={() => list.refetch()} />
  if (!list.data) return <ListSkeleton rows={3} avatar={false} />
  const { data: backups, folder, plan, sendingPaused, alone } = list.data
  const last = backups.find(({ checked }) => checked)
  // A backup made since, perhaps from the command line, settles what went wrong before.
  const { latest } = work
  const failed = latest?.status === "failed" && latest.createdAt > (last?.createdAt ?? "") ? latest : null
  return (
    <>
      {sendingPaused && <SendingPaused mayResume={alone} onResumed={refresh} />}
      <section className={styles.section}>
        <LastBackup last={last} />
        <WorkToStart
          work={work}
          icon={IconDatabaseExport}
          texts={{
            start: t("settings.backup.now"),
            running: t("settings.backup.running"),
            failed: t("settings.backup.failed"),
          }}
          failed={failed}
        />
        <p className={styles.note}>{t("settings.backup.text")}</p>
      </section>
      <BackupPlanSection plan={plan} alone={alone} onSaved={refresh} />
      {backups.length > 0 && (
        <BackupList backups={backups} folder={folder} alone={alone} onChanged={refresh} />
      )}
      <Commands />
    </>
  )
}

function LastBackup({ last }: { last: ListedBackup | undefined }) {
  const t = useT()
  const formats = useFormats()
  return (
    <div>
      <h2>{last ? t("settings.backup.last") : t("settings.backup.never")}</h2>
      {last ? (
        <p>
          <RelativeTime at={last.createdAt} /> · {formatBytes(last.size, formats)}
          {last.missing > 0 && <> · {t("settings.backup.missing", { count: last.missing })}</>}
        </p>
      ) : (
        <p>{t("settings.backup.never.text")}</p>
      )}
    </div>
  )
}

/** The same from the machine's command line. */
function Commands() {
  const t = useT()
  return (
    <section className={styles.section}>
      <h2>{t("settings.backup.commands")}</h2>
      <p>{t("settings.backup.command")}</p>
      <div className={styles.code}>
        <CopyOnClick text="npm run -s cli -- backup my-shop.regulars" />
      </div>
      <p>{t("settings.backup.restore")}</p>
      <div className={styles.code}>
        <CopyOnClick text="REGULARS_DATA=new-folder npm run -s cli -- restore my-shop.regulars" />
      </div>
    </section>
  )
}
