import type { Import } from "@regulars/contract/domains/transfer.endpoints.ts"
import { useT } from "../../lib/i18n.tsx"
import { useCan } from "../../lib/session.tsx"
import { Button } from "../../ui/button.tsx"
import { ErrorLine } from "../../ui/states.tsx"
import { ColumnRow, openQuestions } from "./column-row.tsx"
import { FileOptions } from "./file-options.tsx"
import styles from "./import.module.css"
import { MappingBar } from "./mapping-bar.tsx"
import { useChangeImport, useImportStep } from "./use-imports.ts"

/** Which column goes where: proposed by the server, decided here. */
export function MapStep({ one, onChecked }: { one: Import; onChecked: () => void }) {
  const t = useT()
  const change = useChangeImport(one.id)
  const check = useImportStep(one.id, "check", onChecked)
  const mayImport = useCan("imports:create")
  const questions = one.columns.reduce((sum, column) => sum + openQuestions(column), 0)
  return (
    <>
      {one.status === "failed" && (
        <p role="alert" className={styles.fault}>
          {one.error ?? t("import.status.failed")}
        </p>
      )}
      <FileOptions one={one} change={change.mutate} />
      <div className={styles.bar}>
        <h2 className={styles.grow}>{t("import.map.title")}</h2>
        <MappingBar one={one} change={change.mutate} />
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a table wider than the window scrolls by keyboard too */}
      <section className={styles.scroll} aria-label={t("import.map.title")} tabIndex={0}>
        <table className={styles.table}>
          <thead>
            <tr>
              <th scope="col">{t("import.map.column")}</th>
              <th scope="col">{t("import.map.samples")}</th>
              <th scope="col">{t("import.map.target")}</th>
              <th scope="col">{t("import.map.sure")}</th>
              <th scope="col">{t("import.map.existing")}</th>
            </tr>
          </thead>
          <tbody>
            {one.columns.map((column) => (
              <ColumnRow key={column.index} column={column} one={one} change={change.mutate} />
            ))}
          </tbody>
        </table>
      </section>
      {check.error !== null && <ErrorLine error={check.error} />}
      {mayImport && (
        <div className={styles.foot}>
          <p className={styles.grow} role="status">
            {questions > 0 && t("import.map.questions", { count: questions })}
          </p>
          <Button
            kind="primary"
            disabled={questions > 0}
            loading={check.isPending || change.isPending}
            onClick={() => check.mutate()}
          >
            {t("import.map.check")}
          </Button>
        </div>
      )}
    </>
  )
}
