import { useT } from "../../../lib/i18n.tsx"
import { CopyOnClick } from "../../../ui/copy-on-click.tsx"
import styles from "./settings.module.css"

/** How to take a backup. Making one from here needs an endpoint, which there is not yet. */
export function BackupSettings() {
  const t = useT()
  return (
    <section className={styles.section}>
      <p>{t("settings.backup.text")}</p>
      <div className={styles.code}>
        <CopyOnClick text="npm run cli -- backup regulars.backup" />
      </div>
      <p>{t("settings.backup.restore")}</p>
      <div className={styles.code}>
        <CopyOnClick text="npm run cli -- restore regulars.backup" />
      </div>
    </section>
  )
}
