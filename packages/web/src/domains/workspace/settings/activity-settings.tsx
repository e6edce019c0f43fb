import type { Operation } from "@regulars/contract/domains/general.endpoints.ts"
import { entityLabel, fieldLabel } from "@regulars/locales/labels.ts"
import type { Translate } from "@regulars/locales/runtime.ts"
import { useInfiniteQuery, useQueryClient } from "@tanstack/react-query"
import { useEffect, useState } from "react"
import { call } from "../../../lib/api.ts"
import { namedEntity } from "../../../lib/declarations.ts"
import { useFormats, useT } from "../../../lib/i18n.tsx"
import { onLive } from "../../../lib/live.ts"
import { useMembers, useNameOf } from "../../../lib/names.ts"
import { useCan } from "../../../lib/session.tsx"
import { choiceParam, textParam, useUrlState } from "../../../lib/url-state.ts"
import { Button } from "../../../ui/button.tsx"
import { Chip, type Meaning } from "../../../ui/chip.tsx"
import { RelativeTime } from "../../../ui/display.tsx"
import { MoreButton } from "../../../ui/more-button.tsx"
import { NativeSelect } from "../../../ui/native-select.tsx"
import { ProgressBar } from "../../../ui/progress-bar.tsx"
import { ListSkeleton } from "../../../ui/skeleton.tsx"
import { EmptyState, ErrorState } from "../../../ui/states.tsx"
import { useErrorToast } from "../../../ui/toast.tsx"
import { UndoDialog } from "../../records/left/undo-dialog.tsx"
import { undoOperations } from "../../records/operations.ts"
import styles from "./settings.module.css"
import { Stayed } from "./stayed.tsx"

const key = ["operations", "all"]

/** What can be looked for, and the kinds of operations that are meant. */
const topics = {
  import: ["import"],
  bulk: ["bulk"],
  merge: ["merge"],
  undo: ["undo", "unmerge"],
  scan: ["scan"],
  backup: ["backup", "verify", "exportAll"],
} as const
type Topic = keyof typeof topics
const topicNames = Object.keys(topics) as Topic[]
const codecs = { what: choiceParam<Topic | "">(["", ...topicNames], ""), who: textParam() }

/** Everything that was done to many records at once: who, what, how many, with the way back. */
export function ActivitySettings() {
  const t = useT()
  const [{ what, who }, setState] = useUrlState(codecs)
  const { data: members } = useMembers()
  const whatLabel = t("settings.audit.area")
  const whoLabel = t("settings.audit.member")
  return (
    <section className={`${styles.section} ${styles.wide}`}>
      <div className={styles.choicesLine}>
        <NativeSelect
          label={whatLabel}
          ariaLabel={whatLabel}
          always
          value={what}
          options={[
            { value: "", label: t("settings.audit.area.all") },
            ...topicNames.map((value) => ({ value, label: t(`settings.activity.topic.${value}`) })),
          ]}
          onChange={(value) => setState({ what: value as Topic | "" })}
        />
        <NativeSelect
          label={whoLabel}
          ariaLabel={whoLabel}
          always
          value={who}
          options={[
            { value: "", label: t("settings.audit.everyone") },
            ...(members ?? []).map(({ id, name }) => ({ value: id, label: name })),
          ]}
          onChange={(value) => setState({ who: value })}
        />
      </div>
      <Entries what={what} who={who} />
    </section>
  )
}

/** While work is under way, at most this often (milliseconds). */
const pause = 1000
/** Asks again for what is shown when something is heard of an operation. */
function useFollow(): void {
  const client = useQueryClient()
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined
    const stop = onLive(({ type }) => {
      if (type !== "operation" || timer !== undefined) return
      timer = setTimeout(() => {
        timer = undefined
        client.invalidateQueries({ queryKey: key })
      }, pause)
    })
    return () => {
      clearTimeout(timer)
      stop()
    }
  }, [client])
}

function Entries({ what, who }: { what: Topic | ""; who: string }) {
  const t = useT()
  const pages = useInfiniteQuery({
    queryKey: [...key, what, who],
    queryFn: ({ pageParam, signal }) => {
      const chosen = { ...(what && { kinds: topics[what].join(",") }), ...(who && { memberId: who }) }
      const query = { limit: 30, ...chosen, ...(pageParam && { cursor: pageParam }) }
      return call("GET /operations", { query, signal })
    },
    initialPageParam: "",
    getNextPageParam: ({ page }) => page.next,
  })
  useFollow()
  const { data, error, refetch } = pages
  if (error && !data) return <ErrorState error={error} retry={() => refetch()} />
  if (!data) return <ListSkeleton rows={6} avatar={false} />
  const operations = data.pages.flatMap((page) => page.data)
  if (operations.length === 0)
    return what || who ? (
      <EmptyState title={t("settings.activity.noneSuch")} />
    ) : (
      <EmptyState title={t("settings.activity.none")}>{t("settings.activity.none.text")}</EmptyState>
    )
  return (
    <>
      <ul className={styles.rows}>
        {operations.map((operation) => (
          <Entry key={operation.id} operation={operation} />
        ))}
      </ul>
      <MoreButton of={pages} className={styles.more} />
    </>
  )
}

const meanings: Partial<Record<Operation["status"], Meaning>> = { failed: "late", running: "info" }

function Entry({ operation }: { operation: Operation }) {
  const t = useT()
  const client = useQueryClient()
  const showError = useErrorToast()
  const name = useNameOf("members", operation.createdBy)
  const { id, status, canUndo, error, done, total } = operation
  const isOpen = status === "queued" || status === "running"
  const title = titleOf(operation, t)
  const mayChange = useCan("operations:update")
  const [asking, setAsking] = useState(false)
  const undo = () => {
    setAsking(false)
    undoOperations([id], { client, t, entity: operation.entity ?? "", showError }).then(() =>
      client.invalidateQueries({ queryKey: key }),
    )
  }
  const stop = () => call("POST /operations/:id/cancel", { params: { id } }).catch(showError)
  return (
    <li className={styles.row}>
      <div className={styles.words}>
        <div className={styles.name}>
          {title}
          {status !== "done" && (
            <Chip meaning={meanings[status]}>{t(`settings.activity.status.${status}`)}</Chip>
          )}
        </div>
        <div className={styles.sub}>
          {operation.createdBy === null ? t("event.actor.system") : (name ?? t("event.actor.unknown"))} ·{" "}
          <RelativeTime at={operation.createdAt} />
          {isOpen ? null : resultOf(operation, t)}
        </div>
        <ChangedFields operation={operation} />
        {error && <div className={styles.sub}>{error}</div>}
        <Stayed operation={operation} />
        {isOpen && <ProgressBar label={title} done={done} total={total} />}
      </div>
      {mayChange && canUndo && operation.summary.changed !== 0 && (
        <Button aria-label={t("settings.activity.undoOf", { what: title })} onClick={() => setAsking(true)}>
          {t("action.undo")}
        </Button>
      )}
      {asking && (
        <UndoDialog
          id={id}
          title={t("settings.activity.undoOf", { what: title })}
          isMerge={operation.kind === "merge"}
          onUndo={undo}
          onClose={() => setAsking(false)}
        />
      )}
      {mayChange && isOpen && (
        <Button aria-label={t("settings.activity.stopOf", { what: title })} onClick={stop}>
          {t("settings.activity.stop")}
        </Button>
      )}
    </li>
  )
}

/** Which fields a change to many gave values. */
function ChangedFields({ operation: { entity, summary } }: { operation: Operation }) {
  const t = useT()
  const formats = useFormats()
  if (!entity || !Array.isArray(summary.fields)) return null
  const labels = summary.fields.map((field) => fieldLabel(t, namedEntity(entity), String(field)))
  return <div className={styles.sub}>{formats.list(labels)}</div>
}
function titleOf({ kind, entity, summary }: Operation, t: Translate): string {
  const what = entity ? entityLabel(t, namedEntity(entity)) : ""
  const id = kind === "bulk" ? String(summary.action ?? "update") : kind
  return t.find(`settings.activity.${id}`, { what }) ?? what
}
/** What came of it, in numbers. */
function resultOf({ kind, summary }: Operation, t: Translate): string {
  const number = (name: string) => Number(summary[name] ?? 0)
  const text =
    kind === "bulk"
      ? t(summary.action === "assignTask" ? "bulk.assignTask.done" : "list.bulk.changed", {
          count: number("changed"),
        })
      : kind === "import"
        ? t("settings.activity.imported", {
            created: number("created"),
            updated: number("updated"),
            refused: number("refused"),
          })
        : kind === "undo"
          ? t("settings.activity.takenBack", {
              restored: number("restored"),
              removed: number("removed"),
              kept: number("keptCount"),
            })
          : kind === "merge"
            ? summary.pairs === undefined
              ? t("settings.activity.merged", { count: number("merged") + 1 })
              : t("settings.activity.mergedPairs", { count: number("pairs") })
            : kind === "unmerge"
              ? t("settings.activity.unmerged", { restored: number("restored") })
              : null
  return text === null ? "" : ` · ${text}`
}
