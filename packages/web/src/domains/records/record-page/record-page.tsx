import { VisuallyHidden } from "@mantine/core"
import { useMediaQuery } from "@mantine/hooks"
import type { EntityName } from "@regulars/contract/entities.ts"
import { IconTrash } from "@tabler/icons-react"
import { type ReactNode, useState } from "react"
import { titleOf } from "../../../lib/format.ts"
import { useLabels, useT } from "../../../lib/i18n.tsx"
import { usePageTitle } from "../../../lib/page-title.ts"
import { type AnyRecord, declarationOf } from "../../../lib/records.ts"
import { useCan } from "../../../lib/session.tsx"
import { Button } from "../../../ui/button.tsx"
import { PageHeader } from "../../../ui/page-header.tsx"
import { ErrorState } from "../../../ui/states.tsx"
import { toast } from "../../../ui/toast.tsx"
import { FieldGroups } from "../field-groups.tsx"
import { useRestore } from "../left/use-restore.tsx"
import { reachOf, useOfferLog } from "../use-offer-log.ts"
import { Composer } from "./composer.tsx"
import { useCurrentRecord } from "./current-record.ts"
import { RecordHeader } from "./record-header.tsx"
import styles from "./record-page.module.css"
import { RecordSkeleton } from "./record-skeleton.tsx"
import { Tabs } from "./tabs.tsx"
import { Timeline } from "./timeline/timeline.tsx"
import { useAskedFor } from "./use-asked-for.ts"
import { type ComposerState, useComposer } from "./use-composer.ts"
import { useStoredRecord } from "./use-stored-record.ts"

export interface RecordPageProps {
  entity: EntityName
  id: string
  /** Keys of fields the header or a panel shows. */
  leaveOut: readonly string[]
  /** What the record is there for, with the whole width above all else: the lines of an order. */
  main?: (record: AnyRecord, readOnly: boolean) => ReactNode
  /** Related records of this kind of record. */
  panels: (record: AnyRecord) => ReactNode
}
/** Everything about one record: who it is, what happened, what belongs to it. */
export function RecordPage(props: RecordPageProps) {
  const labels = useLabels(props.entity)
  const { data, error, refetch } = useStoredRecord(props.entity, props.id)
  if (data) return <LoadedPage key={props.id} {...props} record={data} />
  if (!error) return <RecordSkeleton />
  return (
    <>
      <PageHeader title={labels.one} />
      <ErrorState error={error} retry={() => refetch()} />
    </>
  )
}

const parts = ["story", "details", "related"] as const
type Part = (typeof parts)[number]

function LoadedPage({ entity, record, leaveOut, main, panels }: RecordPageProps & { record: AnyRecord }) {
  const t = useT()
  const declaration = declarationOf(entity)
  const deleted = Boolean(record.deletedAt)
  const reference = { type: declaration.singular, id: record.id }
  const composer = useComposer(reference)
  const [part, setPart] = useState<Part>(main ? "details" : "story")
  const wide = useMediaQuery("(min-width: 1200px)", undefined, { getInitialValueInEffect: false })
  const middle = useMediaQuery("(min-width: 900px)", undefined, { getInitialValueInEffect: false })
  const printing = useMediaQuery("print")
  const name = titleOf(record, declaration.title) || t("state.unnamed")
  usePageTitle(name)
  useCurrentRecord(deleted ? undefined : reference)
  const compose: ComposerState["open"] = (tab, preset) => {
    setPart("story")
    composer.open(tab, preset)
  }
  useAskedFor(compose, deleted)
  const offerLog = useOfferLog()

  const details = (
    // biome-ignore lint/a11y: the links within are what is pressed; this hears that it was done
    <div
      onClick={(event) => {
        const kind = deleted ? undefined : reachOf(event)
        if (kind) offerLog(kind, { entity, id: record.id, name })
      }}
    >
      <FieldGroups entity={entity} record={record} leaveOut={leaveOut} readOnly={deleted || printing} />
    </div>
  )
  const story = (
    <>
      {!deleted && <Composer composer={composer} entity={entity} about={reference} />}
      <Timeline entity={entity} record={record} readOnly={deleted} />
    </>
  )
  const above = main?.(record, deleted || printing)
  const related = <div className={styles.panels}>{panels(record)}</div>
  const header = <RecordHeader entity={entity} record={record} readOnly={deleted} onCompose={compose} />
  const top = (
    <>
      {deleted && <DeletedBanner entity={entity} record={record} />}
      {header}
    </>
  )
  if (middle || printing)
    return (
      <div className={`${styles.page} ${wide ? styles.wide : ""} ${above ? styles.whole : ""}`}>
        <div className={styles.top}>{top}</div>
        {above && <div className={styles.main}>{above}</div>}
        <section className={styles.column} aria-label={t("record.details")}>
          <VisuallyHidden component="h2">{t("record.details")}</VisuallyHidden>
          {details}
          {!wide && related}
        </section>
        <section className={`${styles.column} ${styles.story}`} aria-label={t("record.story")}>
          {story}
        </section>
        {wide && (
          <section className={styles.column} aria-label={t("record.related")}>
            {related}
          </section>
        )}
      </div>
    )
  return (
    <div>
      {top}
      <Tabs
        label={t("record.parts")}
        tabs={parts.map((key) => ({ key, label: t(`record.${key}`) }))}
        active={part}
        onChange={setPart}
      >
        <div className={styles.single}>
          {part === "details" && <VisuallyHidden component="h2">{t("record.details")}</VisuallyHidden>}
          {part === "details" && above && <div className={styles.first}>{above}</div>}
          {{ story, details, related }[part]}
        </div>
      </Tabs>
    </div>
  )
}

function DeletedBanner({ entity, record }: { entity: EntityName; record: AnyRecord }) {
  const t = useT()
  const { bringBack, isPending, dialog } = useRestore(entity)
  const mayRestore = useCan(`${entity}:delete`)
  return (
    <div className={styles.banner} role="status">
      <IconTrash size={18} stroke={1.5} aria-hidden="true" />
      <span className={styles.bannerText}>{t("record.inBin")}</span>
      {mayRestore && (
        <Button
          loading={isPending}
          onClick={() => bringBack(record.id, () => toast({ text: t("record.restored") }))}
        >
          {t("action.restore")}
        </Button>
      )}
      {dialog}
    </div>
  )
}
