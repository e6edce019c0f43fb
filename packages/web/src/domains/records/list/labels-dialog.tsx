import { TextInput } from "@mantine/core"
import type { EntityName } from "@regulars/contract/entities.ts"
import { useQuery } from "@tanstack/react-query"
import { useState } from "react"
import { titleOf } from "../../../lib/format.ts"
import { useFormats, useT } from "../../../lib/i18n.tsx"
import { keys } from "../../../lib/query.ts"
import { declarationOf } from "../../../lib/records.ts"
import { useSession } from "../../../lib/session.tsx"
import { Button } from "../../../ui/button.tsx"
import { Dialog } from "../../../ui/dialog.tsx"
import { type Item, inOrder } from "../../../ui/fields/list-items.ts"
import { ErrorLine } from "../../../ui/states.tsx"
import { labelLines, labelsOnSheet, sheetsOf } from "./address-label.ts"
import { fetchRows } from "./fetch-rows.ts"
import styles from "./print-sheet.module.css"
import { PrintSheet } from "./print-sheet.tsx"

/** A hundred sheets. */
const most = 2400

/** Address labels of the records given, printed on sheets from the stationer's. */
export function LabelsDialog({
  entity,
  ids,
  onClose,
}: {
  entity: EntityName
  ids: readonly string[]
  onClose: () => void
}) {
  const t = useT()
  const formats = useFormats()
  const home = useSession().workspace?.country ?? null
  const [start, setStart] = useState(1)
  const [printing, setPrinting] = useState(false)
  const wanted = ids.slice(0, most)
  const { data, error } = useQuery({
    queryKey: [...keys.lists(entity), "labels", wanted],
    queryFn: () => readLabels(entity, wanted, home, (code) => formats.nameOf("region", code)),
    gcTime: 0,
  })
  const labels = data?.labels ?? []
  return (
    <>
      <Dialog
        opened
        onClose={onClose}
        title={t("list.labels")}
        width={420}
        actions={
          <>
            <Button onClick={onClose}>{t("action.cancel")}</Button>
            <Button
              kind="primary"
              loading={!data && !error}
              disabled={labels.length === 0}
              onClick={() => setPrinting(true)}
            >
              {t("list.labels.print")}
            </Button>
          </>
        }
      >
        <div style={{ display: "grid", gap: 12 }}>
          <p>{t("list.labels.text")}</p>
          {data && (
            <p>
              <strong>{t("list.labels.count", { count: labels.length })}</strong>
              {data.without > 0 && `. ${t("list.labels.without", { count: data.without })}`}
            </p>
          )}
          {ids.length > most && <p>{t("list.labels.limit", { count: formats.number(most) })}</p>}
          <TextInput
            type="number"
            min={1}
            max={labelsOnSheet}
            label={t("list.labels.start")}
            description={t("list.labels.start.hint")}
            value={start}
            onChange={(event) =>
              setStart(
                Math.min(labelsOnSheet, Math.max(1, Math.round(Number(event.currentTarget.value)) || 1)),
              )
            }
          />
          {error && <ErrorLine error={error} />}
        </div>
      </Dialog>
      {printing && (
        <PrintSheet onDone={() => setPrinting(false)}>
          <style>{"@page { size: A4; margin: 0 }"}</style>
          {sheetsOf(labels, start).map((sheet, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: sheets are alike and stay in their order
            <div key={index} className={styles.labels}>
              {sheet.map((lines, place) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: labels stay in their places
                <div key={place} className={styles.label}>
                  {lines?.join("\n")}
                </div>
              ))}
            </div>
          ))}
        </PrintSheet>
      )}
    </>
  )
}

async function readLabels(
  entity: EntityName,
  ids: readonly string[],
  home: string | null,
  countryName: (code: string) => string,
) {
  const { title, fields } = declarationOf(entity)
  const working = "companyId" in fields
  const { rows, names } = await fetchRows(entity, ids, {
    fields: [title, "addresses", ...(working ? ["companyId"] : [])],
    include: working ? ["companyId"] : [],
  })
  const all = rows.map((row) =>
    labelLines(
      {
        name: titleOf(row, title),
        company: names.get(`companies ${String(row.companyId)}`),
        addresses: inOrder((row.addresses ?? []) as Item[]),
      },
      home,
      countryName,
    ),
  )
  const labels = all.filter((lines) => lines !== undefined)
  return { labels, without: all.length - labels.length }
}
