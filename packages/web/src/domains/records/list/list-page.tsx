import { useMediaQuery } from "@mantine/hooks"
import type { EntityName } from "@regulars/contract/entities.ts"
import type { EntityDeclaration } from "@regulars/contract/kernel/entity.ts"
import { isSummable } from "@regulars/contract/kernel/grouping.ts"
import { type Layout, layoutOf } from "@regulars/contract/kernel/layout.ts"
import { isOwnKey } from "@regulars/contract/kernel/own-fields.ts"
import { useCallback, useEffect, useMemo, useRef, useState } from "react"
import { useFormats, useLabels, useT, withTexts } from "../../../lib/i18n.tsx"
import { lazyPart } from "../../../lib/lazy-part.tsx"
import { usePhoneRules } from "../../../lib/phone.ts"
import { declarationOf } from "../../../lib/records.ts"
import { useCan } from "../../../lib/session.tsx"
import { Later } from "../../../ui/later.tsx"
import { PageHeader } from "../../../ui/page-header.tsx"
import { ListSkeleton } from "../../../ui/skeleton.tsx"
import { ErrorState } from "../../../ui/states.tsx"
import { BrokenNote } from "../views/broken-note.tsx"
import { useOpening } from "../views/use-opening.ts"
import { useViewsOf } from "../views/use-views.ts"
import { ViewTabs } from "../views/view-tabs.tsx"
import { columnsOf, includesOf } from "./columns.ts"
import { FilterBar } from "./filters/filter-bar.tsx"
import type { Narrowed } from "./filters/filter-text.ts"
import { withoutBroken } from "./filters/model.ts"
import type { GridProps } from "./grid-props.ts"
import { ListActions } from "./list-actions.tsx"
import { ListBody } from "./list-body.tsx"
import { ListEmpty } from "./list-empty.tsx"
import styles from "./list-page.module.css"
import { knownSort, nextSort, useListState, useViewFilter } from "./list-state.ts"
import { SearchBox } from "./search-box.tsx"
import { keepSelected, nothingSelected, type Selection, selectAll } from "./selection.ts"
import { standingKeys } from "./standing-keys.ts"
import { useListKeys } from "./use-list-keys.ts"
import { mostRows, useKnownNames, useRowWindows, useViewIds } from "./use-rows.ts"
import { useWidths } from "./use-widths.ts"

const BulkBar = lazyPart(() => withTexts(() => import("./bulk-bar.tsx"), "bulk"), "BulkBar", "soon")
const ListSums = lazyPart(() => import("./groups/list-sums.tsx"), "ListSums")
const Peek = lazyPart(() => import("./peek.tsx"), "Peek", "soon")

/** The list of an entity's records: a table, cards, a board or a calendar. Everything it shows stands in its address. */
export function ListPage({ entity }: { entity: EntityName }) {
  const t = useT()
  const formats = useFormats()
  const labels = useLabels(entity)
  const declaration = declarationOf(entity)
  const mayEdit = useCan(`${entity}:update`)
  const isPhone = useMediaQuery("(max-width: 640px)", undefined, { getInitialValueInEffect: false })
  const [state, setState] = useListState()
  const layout = useMemo(
    () => shownLayout(declaration, state.l, Boolean(isPhone)),
    [declaration, state.l, isPhone],
  )
  const known = useViewsOf(entity)
  const ready = useOpening(known, state, setState)
  const whole = useMemo(() => withoutBroken(state.f, declaration), [state.f, declaration])
  const filter = useViewFilter(state.q, whole.filter)
  const chosen = useMemo(() => knownSort(declaration, state.s), [declaration, state.s])
  const sort = useMemo(() => chosen ?? [declaration.defaultSort], [chosen, declaration])
  const view = useViewIds({ entity, filter, sort: chosen ?? undefined, ready })
  const ids = useMemo(() => view.ids.slice(0, mostRows), [view.ids])
  const inView = state.w !== null || known.views.some(({ id }) => id === state.v)
  const [widths, resize] = useWidths(entity, state.w, inView ? (w) => setState({ w }) : null)
  const columns = useMemo(() => columnsOf(declaration, state.c, widths), [declaration, state.c, widths])
  const [range, setRange] = useState({ first: 0, last: 0 })
  const onRange = useCallback((first: number, last: number) => setRange({ first, last }), [])
  const wanted = useMemo(
    () => wantedFields(entity, columns, layout.kind === "cards"),
    [entity, columns, layout],
  )
  const rowOf = useRowWindows(entity, ids, range, wanted)
  const [selection, select] = useSelection(ids)
  const nameOf = useKnownNames()
  const hasPhoneRules = usePhoneRules()
  // biome-ignore lint/correctness/useExhaustiveDependencies: phone numbers read differently once their rules are there
  const texts = useMemo(() => ({ t, formats, labels, nameOf }), [t, formats, labels, nameOf, hasPhoneRules])
  const viewKey = useShownView(JSON.stringify([entity, filter, sort]), view.changing)
  useListKeys()

  const narrow = useCallback((change: Partial<Narrowed>) => setState(change, { replace: false }), [setState])
  const setSearch = useCallback((next: string) => setState({ q: next }), [setState])
  const peek = useCallback((id: string) => setState({ p: id }), [setState])
  const isFiltered = filter !== undefined
  const count = view.ids.length
  const grid: GridProps = {
    entity,
    ids,
    rowOf,
    columns,
    sort,
    texts,
    label: t("list.grid", { entity: labels.other }),
    changing: view.changing,
    selection,
    select,
    peeked: state.p,
    peek,
    onSort: (key) => setState({ s: nextSort(sort, key) }),
    onResize: resize,
    onRange,
    viewKey,
    mayEdit,
  }
  return (
    <div className={styles.page}>
      <PageHeader
        title={labels.other}
        sub={<span aria-live="polite">{view.loaded ? labels.count(count) : " "}</span>}
      >
        <ListActions
          entity={entity}
          columns={columns}
          sort={sort}
          state={state}
          setState={setState}
          filter={filter}
          ids={ids}
          texts={texts}
          cards={Boolean(isPhone)}
        />
      </PageHeader>
      <ViewTabs
        entity={entity}
        state={state}
        setState={setState}
        known={known}
        widths={widths}
        narrow={Boolean(isPhone)}
      />
      <div className={styles.tools}>
        <SearchBox value={state.q} onChange={setSearch} label={t("list.search", { entity: labels.other })} />
        <FilterBar entity={entity} narrowed={state} onChange={narrow} narrow={isPhone} />
      </div>
      {whole.broken.length > 0 && (
        <BrokenNote
          entity={entity}
          paths={whole.broken}
          onRemove={() => setState({ f: whole.filter }, { replace: false })}
        />
      )}
      {view.ids.length > mostRows && (
        <p className={styles.note}>{t("list.tooMany", { count: formats.number(mostRows) })}</p>
      )}
      <div className={styles.body}>
        {view.error && !view.loaded ? (
          <ErrorState error={view.error} retry={() => view.refetch()} />
        ) : !view.loaded ? (
          <div className={styles.loading}>
            <ListSkeleton rows={14} />
          </div>
        ) : count === 0 && layout.kind !== "board" ? (
          <ListEmpty entity={entity} filtered={isFiltered} onClear={() => setState({ q: "", f: null })} />
        ) : (
          <ListBody
            grid={grid}
            layout={layout}
            wanted={wanted}
            state={state}
            setState={setState}
            filter={filter}
            sort={chosen ?? undefined}
          />
        )}
        {state.p !== "" && !isPhone && (
          <Later fallback={<aside className={styles.peek} />}>
            <Peek entity={entity} id={state.p} onClose={() => peek("")} />
          </Later>
        )}
      </div>
      {layout.kind === "table" && count > 0 && columns.some(({ field }) => isSummable(field)) && (
        <Later>
          <ListSums entity={entity} columns={columns} filter={filter} />
        </Later>
      )}
      {selection.ids.size > 0 && (
        <Later>
          <BulkBar
            entity={entity}
            selection={selection}
            total={view.ids.length}
            filter={filter}
            ids={ids}
            texts={texts}
            columns={columns}
            sort={sort}
            onAll={() => select(selectAll(ids))}
            onClear={() => select(nothingSelected)}
          />
        </Later>
      )}
    </div>
  )
}

/** As the address says where the entity has it; where there is no room for a table, cards. */
function shownLayout(declaration: EntityDeclaration, text: string, isNarrow: boolean): Layout {
  const layout = layoutOf(declaration, text) ?? { kind: "table", by: "" }
  return layout.kind === "table" && isNarrow ? { kind: "cards", by: "" } : layout
}
/** Fields and names the rows need: the columns, and on cards what a card shows. */
function wantedFields(entity: EntityName, columns: ReturnType<typeof columnsOf>, cards: boolean) {
  const { title, subtitle = [], fields } = declarationOf(entity)
  const naming = ["emails", "phones", "lifecycleStage"].filter((key) => key in fields)
  const shown = Object.keys(fields).filter((key) => isOwnKey(key) && fields[key]?.column)
  const pictures = "photoId" in fields ? ["photoId"] : []
  const keys = cards
    ? [
        title,
        ...subtitle,
        ...standingKeys(entity),
        ...naming,
        ...shown,
        ...pictures,
        ...("companyId" in fields ? ["companyId"] : []),
      ]
    : [...columns.map((column) => column.key), ...naming.slice(0, 2), ...pictures]
  const links = ["companyId", ...shown].filter((key) => fields[key]?.type === "link")
  const include = cards ? links : includesOf(columns)
  return { fields: [...new Set(keys)], include }
}
function useSelection(ids: readonly string[]): [Selection, (selection: Selection) => void] {
  const [selection, select] = useState(nothingSelected)
  useEffect(() => select((old) => keepSelected(old, ids)), [ids])
  return [selection, select]
}
/** The question whose answer is in sight: the new one only counts once its ids are there. */
function useShownView(key: string, changing: boolean): string {
  const shown = useRef(key)
  if (!changing) shown.current = key
  return shown.current
}
