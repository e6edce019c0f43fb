import type { EntityName } from "@regulars/contract/entities.ts"
import { useT } from "../../../../lib/i18n.tsx"
import { recordOf, useTimeline } from "../../../../lib/timeline.ts"
import { Button } from "../../../../ui/button.tsx"
import { FileLink } from "../../../../ui/fields/file-input.tsx"
import { Panel, PanelEmpty } from "./panel.tsx"
import styles from "./panels.module.css"

/** Files attached to the notes of a timeline, newest note first. */
export function FilesPanel({ entity, id }: { entity: EntityName; id: string }) {
  const t = useT()
  const notes = useTimeline(entity, id, ["note"])
  const entries = notes.data?.pages.flatMap((page) => page.data) ?? []
  // A note that was changed stands there twice.
  const files = [...new Set(entries.flatMap((entry) => (recordOf(entry)?.files ?? []) as string[]))]
  return (
    <Panel title={t("record.files")} count={files.length}>
      {files.length === 0 && <PanelEmpty>{t("record.files.none")}</PanelEmpty>}
      <ul className={styles.list}>
        {files.map((file) => (
          <li key={file}>
            <FileLink id={file} />
          </li>
        ))}
      </ul>
      {notes.hasNextPage && (
        <Button kind="subtle" loading={notes.isFetchingNextPage} onClick={() => notes.fetchNextPage()}>
          {t("record.files.more")}
        </Button>
      )}
    </Panel>
  )
}
