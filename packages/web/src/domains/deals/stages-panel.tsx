import type { Field } from "@regulars/contract/kernel/fields.ts"
import { useQuery } from "@tanstack/react-query"
import { call } from "../../lib/api.ts"
import { useLabels, useT } from "../../lib/i18n.tsx"
import { keys } from "../../lib/query.ts"
import { declarationOf } from "../../lib/records.ts"
import { Chip } from "../../ui/chip.tsx"
import { RelativeTime } from "../../ui/display.tsx"
import { choiceLook } from "../../ui/fields/choice-look.ts"
import { RecordName } from "../../ui/fields/record-chip.tsx"
import { Panel } from "../records/record-page/panels/panel.tsx"
import styles from "./stages-panel.module.css"

/** Where a deal stood, and for how long; the last first. */
export function StagesPanel({ id }: { id: string }) {
  const t = useT()
  const labels = useLabels("deals")
  const { data } = useQuery({
    // Read again with the story, which each move is a part of.
    queryKey: [...keys.timeline("deals", id), "stages"],
    queryFn: async ({ signal }) => (await call("GET /deals/:id/stages", { params: { id }, signal })).data,
  })
  const field = declarationOf("deals").fields.stage as Field | undefined
  if (!data?.length || !field) return null
  return (
    <Panel title={t("sell.stages")}>
      <ol className={styles.list}>
        {data.toReversed().map((span) => (
          <li key={`${span.stage} ${span.enteredAt}`} className={styles.span}>
            <Chip {...choiceLook("stage", span.stage, field)}>{labels.choice("stage", span.stage)}</Chip>
            <span className={styles.days}>
              {span.days < 1 ? t("sell.stages.short") : t("unit.day", { n: Math.floor(span.days) })}
            </span>
            <span className={styles.by}>
              <RelativeTime at={span.enteredAt} />
              {span.movedBy && (
                <>
                  {" · "}
                  <RecordName target="members" id={span.movedBy} />
                </>
              )}
            </span>
          </li>
        ))}
      </ol>
    </Panel>
  )
}
