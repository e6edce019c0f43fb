import { useElementSize, useMergedRef } from "@mantine/hooks"
import type { EntityName } from "@regulars/contract/entities.ts"
import { isOwnKey } from "@regulars/contract/kernel/own-fields.ts"
import { IconMail, IconPhone } from "@tabler/icons-react"
import { useVirtualizer } from "@tanstack/react-virtual"
import { type MouseEvent, useEffect, useLayoutEffect, useRef, useState } from "react"
import { Link } from "wouter"
import { titleOf } from "../../../lib/format.ts"
import { type AnyRecord, declarationOf } from "../../../lib/records.ts"
import { Avatar } from "../../../ui/avatar.tsx"
import { Chip } from "../../../ui/chip.tsx"
import { choiceLook } from "../../../ui/fields/choice-look.ts"
import { dialLink, type Item, inOrder } from "../../../ui/fields/list-items.ts"
import { recordPath } from "../../../ui/fields/record-chip.tsx"
import { Bone } from "../../../ui/skeleton.tsx"
import { type Reach, useOfferLog } from "../use-offer-log.ts"
import styles from "./card-list.module.css"
import { cardHeight, lanesIn } from "./card-size.ts"
import { type CellTexts, plainText } from "./cell-view.tsx"
import { leaveTrail } from "./leave-trail.ts"
import type { Selection } from "./selection.ts"
import { standingKeys } from "./standing-keys.ts"
import { useCardSelection } from "./use-card-selection.ts"

interface CardListProps {
  entity: EntityName
  ids: readonly string[]
  rowOf: (index: number) => AnyRecord | undefined
  texts: CellTexts
  onRange: (first: number, last: number) => void
  selection: Selection
  select: (selection: Selection) => void
  viewKey: string
  label?: string
  /** What scrolls, where the cards are a part of something longer; null until it is there. */
  scroller?: HTMLElement | null
}
/** The list as cards, on a phone one below the other. The picture selects, the rest opens the record. */
export function CardList(props: CardListProps) {
  const { entity, ids, rowOf, texts, onRange, selection, select, scroller } = props
  const offerLog = useOfferLog()
  const box = useRef<HTMLDivElement>(null)
  const { ref: measured, width } = useElementSize()
  const margin = useMargin(box, scroller)
  const lanes = lanesIn(width)
  const virtual = useVirtualizer({
    count: ids.length,
    lanes,
    // A part waits for what scrolls it: in a box of its own all of it would be in sight.
    getScrollElement: () => (scroller === undefined ? box.current : scroller),
    scrollMargin: margin,
    estimateSize: () => cardHeight,
    overscan: 6,
  })
  const { startIndex = 0, endIndex = 0 } = virtual.range ?? {}
  useEffect(() => onRange(startIndex, endIndex), [onRange, startIndex, endIndex])
  // biome-ignore lint/correctness/useExhaustiveDependencies: another view begins at its top
  useLayoutEffect(() => {
    if (box.current) box.current.scrollTop = 0
  }, [props.viewKey])
  const isPart = scroller !== undefined
  const { pick, onKeyDown } = useCardSelection({ ids, selection, select, perLine: lanes, isPart })
  return (
    <div ref={useMergedRef(box, measured)} className={isPart ? undefined : styles.box}>
      <ul
        className={styles.list}
        aria-label={props.label ?? texts.labels.other}
        style={{ height: virtual.getTotalSize() }}
        onKeyDown={onKeyDown}
      >
        {virtual.getVirtualItems().map(({ index, start, lane }) => (
          <li
            key={ids[index]}
            className={styles.card}
            data-card={index}
            aria-setsize={ids.length}
            aria-posinset={index + 1}
            style={{
              transform: `translateY(${start - margin}px)`,
              height: cardHeight,
              insetInlineStart: `${(lane * 100) / lanes}%`,
              width: `${100 / lanes}%`,
            }}
          >
            <Card
              onReach={offerLog}
              onOpen={() => leaveTrail(entity, ids, index)}
              entity={entity}
              row={rowOf(index)}
              texts={texts}
              selected={selection.ids.has(ids[index] ?? "")}
              onSelect={(event) => pick(index, event.shiftKey)}
            />
          </li>
        ))}
      </ul>
    </div>
  )
}

/** Pixels from the beginning of what scrolls to the cards, whatever stands before them. */
function useMargin(box: React.RefObject<HTMLElement | null>, scroller: HTMLElement | null | undefined) {
  const [margin, setMargin] = useState(0)
  useLayoutEffect(() => {
    if (!scroller || !box.current) return
    const [top, from] = [box.current, scroller].map((element) => element.getBoundingClientRect().top)
    setMargin(Math.round((top ?? 0) - (from ?? 0) + scroller.scrollTop))
  })
  return margin
}

interface CardProps {
  entity: EntityName
  row: AnyRecord | undefined
  texts: CellTexts
  selected: boolean
  onSelect: (event: MouseEvent) => void
  onOpen: () => void
  onReach: ReturnType<typeof useOfferLog>
}
function Card({ entity, row, texts, selected, onSelect, onOpen, onReach }: CardProps) {
  const { t } = texts
  const { title } = declarationOf(entity)
  if (!row)
    return (
      <>
        <Bone width={36} height={36} round />
        <span className={styles.words}>
          <Bone width="55%" />
        </span>
      </>
    )
  const name = titleOf(row, title) || t("state.unnamed")
  const stage = row.lifecycleStage as string | null | undefined
  const [phone] = inOrder((row.phones ?? []) as Item[])
  const [email] = inOrder((row.emails ?? []) as Item[])
  const reach = (kind: Reach) => () => onReach(kind, { entity, id: row.id, name })
  const call = phone && dialLink("phones", phone)
  const mail = email && dialLink("emails", email)
  return (
    <>
      <button
        type="button"
        className={styles.picture}
        data-tick=""
        aria-pressed={selected}
        aria-label={t("list.select", { name })}
        onClick={onSelect}
      >
        <Avatar name={name} size={36} square={entity !== "people"} photoId={row.photoId} />
      </button>
      <span className={styles.words}>
        <Link href={recordPath(entity, row.id) ?? "#"} className={styles.name} onClick={onOpen}>
          {name}
        </Link>
        <span className={styles.second}>
          {stage && (
            <Chip {...choiceLook("lifecycleStage", stage)}>
              {texts.labels.choice("lifecycleStage", stage)}
            </Chip>
          )}
          <span className={styles.line}>{secondLine(entity, row, texts)}</span>
        </span>
      </span>
      {call && (
        <a
          className={styles.dial}
          href={call}
          aria-label={t("action.call", { name })}
          onClick={reach("call")}
        >
          <IconPhone size={20} stroke={1.5} />
        </a>
      )}
      {mail && (
        <a
          className={styles.dial}
          href={mail}
          aria-label={t("action.mail", { name })}
          onClick={reach("message")}
        >
          <IconMail size={20} stroke={1.5} />
        </a>
      )}
    </>
  )
}
/** Company and job title where there are some, else the first field the entity names for it; and how it stands. */
function secondLine(entity: EntityName, row: AnyRecord, texts: CellTexts): string {
  const { fields, subtitle = [] } = declarationOf(entity)
  const keys = [
    ...("companyId" in fields ? ["companyId"] : []),
    "jobTitle",
    "industry",
    ...subtitle,
    ...Object.keys(fields).filter((key) => isOwnKey(key) && fields[key]?.column),
  ]
  const text = (key: string) => (fields[key] ? plainText(key, fields[key], row[key], texts) : "")
  const first = keys.find((key) => text(key) !== "")
  return [...new Set([...(first ? [first] : []), ...standingKeys(entity)])]
    .map(text)
    .filter(Boolean)
    .join(" · ")
}
