import {
  IconArrowMerge,
  IconChevronLeft,
  IconChevronRight,
  IconDots,
  IconEye,
  IconHistory,
  IconMail,
  IconNote,
  IconPhone,
  IconPlus,
  IconPrinter,
  IconShare,
  IconSquareCheck,
  IconTrash,
} from "@tabler/icons-react"
import { useMemo, useState } from "react"
import { useLocation } from "wouter"
import { useLabels, useT } from "../../../lib/i18n.tsx"
import { useDeleteRecord } from "../../../lib/records.ts"
import { useCan } from "../../../lib/session.tsx"
import { useShortcut } from "../../../lib/shortcuts.ts"
import { IconButton } from "../../../ui/button.tsx"
import { dialLink, type Item, inOrder } from "../../../ui/fields/list-items.ts"
import { Menu } from "../../../ui/menu.tsx"
import { toast, useErrorToast } from "../../../ui/toast.tsx"
import { AccessDialog } from "../access/access-dialog.tsx"
import { useMayCompose } from "../compose/use-may-compose.ts"
import { HistoryDialog } from "../history/history-dialog.tsx"
import { useOfferLog } from "../use-offer-log.ts"
import type { HeaderProps } from "./header-props.ts"
import { readNeighbours } from "./neighbours.ts"
import styles from "./record-header.module.css"

/** What one does most with a record, within reach: call, write, note, plan, log; the rest behind a menu. */
export function RecordActions(props: HeaderProps & { name: string }) {
  const { readOnly, onCompose } = props
  const t = useT()
  const mayCompose = useMayCompose(props.entity)
  return (
    <div className={styles.actions}>
      {!readOnly && (
        <>
          <Reach {...props} />
          {mayCompose("notes") && (
            <IconButton
              icon={IconNote}
              label={t("record.compose.note")}
              keys="n"
              onClick={() => onCompose("note")}
            />
          )}
          {mayCompose("tasks") && (
            <IconButton
              icon={IconSquareCheck}
              label={t("record.compose.task")}
              keys="t"
              onClick={() => onCompose("task")}
            />
          )}
          {mayCompose("activities") && (
            <IconButton
              icon={IconPlus}
              label={t("record.compose.activity")}
              keys="l"
              onClick={() => onCompose("activity")}
            />
          )}
        </>
      )}
      <MoreMenu {...props} />
      <Stepper entity={props.entity} id={props.record.id} />
    </div>
  )
}

/** Call and write with the device's own programs. */
function Reach({ entity, record, name }: HeaderProps & { name: string }) {
  const t = useT()
  const [phone] = inOrder((record.phones ?? []) as Item[])
  const [email] = inOrder((record.emails ?? []) as Item[])
  const call = phone && dialLink("phones", phone)
  const mail = email && dialLink("emails", email)
  const offerLog = useOfferLog()
  const reached = { entity, id: record.id, name }
  return (
    <>
      {call && (
        <a
          className={styles.reach}
          href={call}
          aria-label={t("action.call", { name })}
          title={t("action.call", { name })}
          onClick={() => offerLog("call", reached)}
        >
          <IconPhone size={18} stroke={1.5} />
        </a>
      )}
      {mail && (
        <a
          className={styles.reach}
          href={mail}
          aria-label={t("action.mail", { name })}
          title={t("action.mail", { name })}
          onClick={() => offerLog("message", reached)}
        >
          <IconMail size={18} stroke={1.5} />
        </a>
      )}
    </>
  )
}

function MoreMenu({ entity, record, readOnly, name }: HeaderProps & { name: string }) {
  const t = useT()
  const [, navigate] = useLocation()
  const { remove, restore } = useDeleteRecord(entity)
  const showError = useErrorToast()
  const mayDelete = useCan(`${entity}:delete`) && !readOnly && (record.can?.delete ?? true)
  function toBin() {
    remove.mutateAsync(record.id).then(() => {
      navigate(`/${entity}`)
      toast({
        text: t("record.deleted", { name }),
        undo: () => restore.mutateAsync(record.id).then(() => navigate(`/${entity}/${record.id}`), showError),
      })
    }, showError)
  }
  const mayMerge = useCan(`${entity}:merge`) && !readOnly && (record.can?.delete ?? true)
  const toMerge = () => navigate(`/${entity}/merge?ids=${record.id}`)
  const merge = { id: "merge", label: t("record.merge"), icon: IconArrowMerge, run: toMerge }
  const [part, setPart] = useState<"access" | "share" | null>(null)
  const [isHistoryOpen, setHistoryOpen] = useState(false)
  const openHistory = () => setHistoryOpen(true)
  const history = { id: "history", label: t("record.history"), icon: IconHistory, run: openHistory }
  const mayShare = !readOnly && (record.can?.update ?? false)
  const access = { id: "access", label: t("record.access"), icon: IconEye, run: () => setPart("access") }
  const share = { id: "share", label: t("record.share"), icon: IconShare, run: () => setPart("share") }
  const print = { id: "print", label: t("record.print"), icon: IconPrinter, run: () => window.print() }
  const toBinEntry = { id: "delete", label: t("action.delete"), icon: IconTrash, danger: true, run: toBin }
  return (
    <>
      <Menu
        target={<IconButton icon={IconDots} label={t("action.more")} />}
        groups={[
          { entries: mayMerge ? [merge, history, print] : [history, print] },
          { entries: mayShare ? [access, share] : [access] },
          { entries: mayDelete ? [toBinEntry] : [] },
        ]}
      />
      {isHistoryOpen && (
        <HistoryDialog
          entity={entity}
          record={record}
          name={name}
          opened
          onClose={() => setHistoryOpen(false)}
        />
      )}
      {part && (
        <AccessDialog entity={entity} id={record.id} name={name} part={part} onClose={() => setPart(null)} />
      )}
    </>
  )
}

/** Goes to the record before or after this one in the list it was opened from. */
function Stepper({ entity, id }: { entity: string; id: string }) {
  const t = useT()
  const labels = useLabels(entity)
  const [, navigate] = useLocation()
  const place = useMemo(() => readNeighbours(entity, id), [entity, id])
  const step = (to: string | undefined) => to && navigate(`/${entity}/${to}`)
  const keyed = Boolean(place)
  useShortcut(
    keyed ? { keys: "k", label: "record.previous", group: "page", run: () => step(place?.previous) } : null,
  )
  useShortcut(keyed ? { keys: "j", label: "record.next", group: "page", run: () => step(place?.next) } : null)
  if (!place) return null
  return (
    <nav className={styles.stepper} aria-label={labels.other}>
      <IconButton
        icon={IconChevronLeft}
        label={t("record.previous")}
        keys="k"
        disabled={!place.previous}
        onClick={() => step(place.previous)}
      />
      <span className={styles.place}>{t("state.progress", { done: place.place, total: place.count })}</span>
      <IconButton
        icon={IconChevronRight}
        label={t("record.next")}
        keys="j"
        disabled={!place.next}
        onClick={() => step(place.next)}
      />
    </nav>
  )
}
