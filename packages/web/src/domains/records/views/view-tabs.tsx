import type { EntityName } from "@regulars/contract/entities.ts"
import { IconDeviceFloppy, IconLock } from "@tabler/icons-react"
import { useEffect, useRef, useState } from "react"
import { Link } from "wouter"
import { useLabels, useT, withTexts } from "../../../lib/i18n.tsx"
import { lazyPart } from "../../../lib/lazy-part.tsx"
import { declarationOf } from "../../../lib/records.ts"
import { Button, IconButton } from "../../../ui/button.tsx"
import { Later } from "../../../ui/later.tsx"
import { possibleColumns } from "../list/columns.ts"
import { withoutBroken } from "../list/filters/model.ts"
import { knownSort, type ListState, listAddress } from "../list/list-state.ts"
import { useViewActions } from "./use-view-actions.ts"
import type { useViewsOf } from "./use-views.ts"
import type { ViewQuestion } from "./view-menu.tsx"
import { addressOf, isSame, isUntouched, type Shown, shownIn, stateOf, type View } from "./view-state.ts"
import styles from "./views.module.css"

const ViewMenu = lazyPart(() => withTexts(() => import("./view-menu.tsx"), "views"), "ViewMenu", "soon")
const ViewDialog = lazyPart(() => import("./view-dialog.tsx"), "ViewDialog", "soon")
const ViewBin = lazyPart(() => import("./view-bin.tsx"), "ViewBin")
const SidebarDialog = lazyPart(() => import("./sidebar-dialog.tsx"), "SidebarDialog")

interface ViewTabsProps {
  entity: EntityName
  state: ListState
  setState: (change: Partial<ListState>, options?: { replace?: boolean }) => void
  known: ReturnType<typeof useViewsOf>
  /** As the columns stand now, from the view or from this device. */
  widths: Readonly<Record<string, number>>
  /** On narrow screens icons stand for words. */
  narrow: boolean
}
/** The saved views of a list as tabs before the list itself, and what can be done with the open one. */
export function ViewTabs({ entity, state, setState, known, widths, narrow }: ViewTabsProps) {
  const t = useT()
  const actions = useViewActions(entity)
  const [asked, setAsked] = useState<ViewQuestion | null>(null)
  const view = known.views.find(({ id }) => id === state.v)
  const changed = view ? !isSame(shownIn(state), view) : !isUntouched(state)
  const close = () => setAsked(null)
  function save() {
    if (!view) return
    const shown = { ...shownIn(state), ...working(entity, state) }
    setState({ f: shown.filter, s: shown.sort, c: shown.columns })
    actions.save(view, shown)
  }
  /** A new view keeps the widths drawn on this device, too. */
  function shownNow(): Shown {
    const fields = possibleColumns(declarationOf(entity))
    const drawn = Object.entries(widths).filter(([key]) => fields.includes(key))
    const kept = drawn.length > 0 ? Object.fromEntries(drawn) : null
    return { ...shownIn(state), ...working(entity, state), widths: kept }
  }
  return (
    <div className={styles.row}>
      <Tabs entity={entity} view={view} known={known} move={actions.move} isWhole={!view} />
      <div className={styles.actions}>
        <Later fallback={<span className={styles.menu} />}>
          <ViewMenu
            view={view}
            known={known}
            changed={changed}
            actions={actions}
            onAsk={setAsked}
            onSave={save}
            onDiscard={() => view && setState(stateOf(view), { replace: false })}
          />
        </Later>
        {changed &&
          (view?.can.update ? (
            <KeepButton narrow={narrow} label={t("view.save")} onClick={save} />
          ) : (
            <KeepButton narrow={narrow} label={t("view.new")} onClick={() => setAsked("new")} />
          ))}
      </div>
      <Later onClose={close}>
        {(asked === "new" || asked === "copy") && (
          <ViewDialog
            title={t(asked === "new" ? "view.new.title" : "view.copy")}
            name={asked === "copy" && view ? t("view.copyOf", { name: view.name }) : ""}
            action={t("view.create")}
            onDone={(values) => actions.create({ ...values, ...shownNow() })}
            onClose={close}
          />
        )}
        {asked === "rename" && view && (
          <ViewDialog
            title={t("view.rename")}
            name={view.name}
            action={t("view.rename.action")}
            rename
            onDone={({ name }) => actions.rename(view, name)}
            onClose={close}
          />
        )}
        {asked === "sidebar" && <SidebarDialog views={known.views} onClose={close} />}
        {asked === "bin" && (
          <ViewBin
            entity={entity}
            onClose={close}
            onRestore={(old) => {
              close()
              actions.restore(old)
            }}
          />
        )}
      </Later>
    </div>
  )
}

/** What can be kept: an old link may say what no longer goes, and the list has left that out. */
function working(entity: EntityName, { f, s, c }: ListState): Pick<Shown, "filter" | "sort" | "columns"> {
  const declaration = declarationOf(entity)
  const fields = possibleColumns(declaration)
  return {
    filter: withoutBroken(f, declaration).filter,
    sort: knownSort(declaration, s),
    columns: c?.filter((key) => fields.includes(key)) ?? null,
  }
}

function KeepButton({ narrow, label, onClick }: { narrow: boolean; label: string; onClick: () => void }) {
  if (narrow) return <IconButton icon={IconDeviceFloppy} label={label} onClick={onClick} />
  return (
    <Button kind="subtle" onClick={onClick}>
      {label}
    </Button>
  )
}

interface TabsProps {
  entity: EntityName
  view: View | undefined
  known: ReturnType<typeof useViewsOf>
  isWhole: boolean
  move: (views: readonly View[], from: number, to: number) => void
}
function Tabs({ entity, view, known: { views, opening }, isWhole, move }: TabsProps) {
  const t = useT()
  const labels = useLabels(entity)
  const [dragged, setDragged] = useState<number | null>(null)
  const [over, setOver] = useState<number | null>(null)
  const current = useRef<HTMLAnchorElement>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: another view is open
  useEffect(() => {
    current.current?.scrollIntoView({ block: "nearest", inline: "nearest" })
  }, [view?.id])
  function end() {
    setDragged(null)
    setOver(null)
  }
  return (
    <nav aria-label={t("view.tabs", { entity: labels.other })} style={{ minWidth: 0 }}>
      <ul className={styles.tabs}>
        <li>
          <Link
            href={listAddress(entity, opening ? { v: "all" } : {})}
            className={styles.tab}
            aria-current={isWhole ? "page" : undefined}
          >
            {t.find(`view.all.${entity}`) ?? t("view.all")}
          </Link>
        </li>
        {views.map((one, place) => (
          <li key={one.id}>
            <Link
              ref={one === view ? current : undefined}
              href={addressOf(one)}
              className={styles.tab}
              title={one.name}
              aria-current={one === view ? "page" : undefined}
              data-over={(over === place && dragged !== place) || undefined}
              draggable={one.can.update}
              onDragStart={() => setDragged(place)}
              onDragEnd={end}
              onDragOver={(event) => {
                if (dragged === null) return
                event.preventDefault()
                setOver(place)
              }}
              onDrop={(event) => {
                event.preventDefault()
                if (dragged !== null) move(views, dragged, place)
                end()
              }}
            >
              <span className={styles.name}>{one.name}</span>
              {!one.shared && <IconLock size={13} stroke={1.5} role="img" aria-label={t("view.private")} />}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  )
}
