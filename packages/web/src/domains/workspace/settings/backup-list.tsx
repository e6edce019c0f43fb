import type { ListedBackup } from "@regulars/contract/domains/backup.endpoints.ts"
import type { Operation } from "@regulars/contract/domains/general.endpoints.ts"
import { IconDownload, IconTrash } from "@tabler/icons-react"
import { useState } from "react"
import { call, urlOf } from "../../../lib/api.ts"
import { formatBytes } from "../../../lib/format.ts"
import { useFormats, useT } from "../../../lib/i18n.tsx"
import { useCan } from "../../../lib/session.tsx"
import { Button, IconButton } from "../../../ui/button.tsx"
import { Chip } from "../../../ui/chip.tsx"
import { CopyOnClick } from "../../../ui/copy-on-click.tsx"
import { ConfirmDialog } from "../../../ui/dialog.tsx"
import { RelativeTime } from "../../../ui/display.tsx"
import { toast, useErrorToast } from "../../../ui/toast.tsx"
import { RunningWork } from "./running-work.tsx"
import styles from "./settings.module.css"
import { useWork } from "./use-backups.ts"

interface BackupListProps {
  backups: readonly ListedBackup[]
  folder: string
  /** The server is this workspace's alone: its owner may download and delete. */
  alone: boolean
  onChanged: () => void
}
/** What lies on the server, each with a way to read it through, take it along or delete it. */
export function BackupList({ backups, folder, alone, onChanged }: BackupListProps) {
  const t = useT()
  const showError = useErrorToast()
  const mayManage = useCan("backups:manage") && alone
  const { latest, running, start, cancel } = useWork(
    "verify",
    (file: string) => call("POST /backups/:file/verify", { params: { file } }),
    ({ summary }) =>
      toast({
        text: t("settings.backup.whole", { file: String(summary.file), count: Number(summary.parts) }),
      }),
  )
  return (
    <section className={`${styles.section} ${styles.wide}`}>
      <h2>{t("settings.backup.list")}</h2>
      {running && (
        <RunningWork
          label={t("settings.backup.verifying")}
          done={running.done}
          total={running.total}
          cancel={cancel}
        />
      )}
      {latest?.status === "failed" && <Broken operation={latest} backups={backups} />}
      <ul className={styles.rows}>
        {backups.map((backup) => (
          <BackupRow
            key={backup.file}
            backup={backup}
            mayManage={mayManage}
            verify={running ? undefined : () => start.mutate(backup.file, { onError: showError })}
            onChanged={onChanged}
          />
        ))}
      </ul>
      <p className={styles.note}>{t("settings.backup.folder")}</p>
      <div className={styles.code}>
        <CopyOnClick text={folder} />
      </div>
    </section>
  )
}

/** What the last look found, as long as that file is there. */
function Broken({ operation, backups }: { operation: Operation; backups: readonly ListedBackup[] }) {
  const t = useT()
  const file = String(operation.summary.file)
  if (!backups.some((backup) => backup.file === file)) return null
  return (
    <div role="alert">
      <p>{t("settings.backup.broken", { file })}</p>
      {operation.error && <p className={styles.note}>{operation.error}</p>}
    </div>
  )
}

/** The browser fetches it by itself and can't ask for a proof: that comes first. */
async function download(file: string): Promise<void> {
  await call("GET /auth/proof")
  window.location.assign(urlOf("GET /backups/:file/content", { file }))
}
interface BackupRowProps {
  backup: ListedBackup
  mayManage: boolean
  /** Absent while another one is read. */
  verify: (() => void) | undefined
  onChanged: () => void
}
function BackupRow({ backup, mayManage, verify, onChanged }: BackupRowProps) {
  const t = useT()
  const showError = useErrorToast()
  const formats = useFormats()
  const mayVerify = useCan("backups:create")
  const [asked, setAsked] = useState(false)
  const { file, madeBy } = backup
  async function remove() {
    await call("DELETE /backups/:file", { params: { file } })
    onChanged()
  }
  return (
    <li className={styles.row}>
      <div className={styles.words}>
        <div className={styles.name}>
          <RelativeTime at={backup.createdAt} />
          {madeBy !== "person" && (
            <Chip>{t(madeBy === "upgrade" ? "settings.backup.automatic" : "settings.backup.daily")}</Chip>
          )}
          {!backup.checked && <Chip meaning="late">{t("settings.backup.damaged")}</Chip>}
          {backup.missing > 0 && (
            <Chip meaning="late">{t("settings.backup.missing", { count: backup.missing })}</Chip>
          )}
        </div>
        <div className={styles.sub}>{file}</div>
      </div>
      <span>{formatBytes(backup.size, formats)}</span>
      {mayVerify && (
        <Button
          kind="subtle"
          aria-label={t("settings.backup.verifyOf", { file })}
          disabled={!verify}
          onClick={verify}
        >
          {t("settings.backup.verify")}
        </Button>
      )}
      {mayManage && (
        <>
          <IconButton
            icon={IconDownload}
            label={t("settings.backup.download", { file })}
            onClick={() => download(file).catch(showError)}
          />
          <IconButton
            icon={IconTrash}
            label={t("settings.backup.delete", { file })}
            onClick={() => setAsked(true)}
          />
          <ConfirmDialog
            opened={asked}
            onClose={() => setAsked(false)}
            title={t("settings.backup.delete.title")}
            action={t("action.delete")}
            onConfirm={remove}
          >
            <p>{t("settings.backup.delete.text", { file })}</p>
          </ConfirmDialog>
        </>
      )}
    </li>
  )
}
