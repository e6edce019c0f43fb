import {
  type MatchedEntity,
  matchedEntities,
  type PairState,
  pairStates,
} from "@regulars/contract/domains/duplicates.ts"
import { IconSearch } from "@tabler/icons-react"
import { useState } from "react"
import { useLocation } from "wouter"
import { call } from "../../lib/api.ts"
import { useLabels, useT } from "../../lib/i18n.tsx"
import { useCan, useSession } from "../../lib/session.tsx"
import { choiceParam, useUrlState } from "../../lib/url-state.ts"
import { Button } from "../../ui/button.tsx"
import { RelativeTime } from "../../ui/display.tsx"
import { MoreButton } from "../../ui/more-button.tsx"
import { PageHeader } from "../../ui/page-header.tsx"
import { ProgressBar } from "../../ui/progress-bar.tsx"
import { ListSkeleton } from "../../ui/skeleton.tsx"
import { EmptyState, ErrorLine, ErrorState, NoPermission } from "../../ui/states.tsx"
import { useErrorToast } from "../../ui/toast.tsx"
import { CertainPairs } from "./certain-pairs.tsx"
import styles from "./duplicates.module.css"
import { PairCard } from "./pair-card.tsx"
import { mergePath } from "./pair-rows.ts"
import { useDecide, useOverview, usePairs, useScan } from "./use-duplicates.ts"
import { usePairKeys } from "./use-pair-keys.ts"

const codecs = {
  kind: choiceParam<MatchedEntity>(matchedEntities, "people"),
  state: choiceParam<PairState>(pairStates, "open"),
}

/** Pairs of records that may be one and the same, for somebody to decide. */
export function DuplicatesPage() {
  const t = useT()
  const { permissions } = useSession()
  const [state, setState] = useUrlState(codecs)
  const { data, running } = useOverview()
  const kinds = matchedEntities.filter((entity) => permissions.includes(`${entity}:read`))
  const entity = kinds.includes(state.kind) ? state.kind : kinds[0]
  if (!entity) return <NoPermission />
  const sub = data?.scannedAt ? (
    <>
      {t("duplicates.scanned")} <RelativeTime at={data.scannedAt} />
    </>
  ) : (
    t("duplicates.text")
  )
  return (
    <div className={styles.page}>
      <PageHeader title={t("duplicates.title")} sub={sub}>
        {data && !running && (data.scannedAt || data.scan) && <ScanButton />}
      </PageHeader>
      {running && <Running id={running.id} done={running.done} total={running.total} />}
      {data?.scan?.status === "failed" && (
        <p role="alert" className={styles.failed}>
          {t("duplicates.scan.failed")} {data.scan.error}
        </p>
      )}
      <div className={styles.tools}>
        <nav className={styles.choices} aria-label={t("duplicates.kinds")}>
          {kinds.map((kind) => (
            <KindChoice
              key={kind}
              kind={kind}
              count={data?.open[kind]}
              chosen={kind === entity}
              onChoose={() => setState({ kind })}
            />
          ))}
        </nav>
        <nav className={styles.choices} aria-label={t("duplicates.states")}>
          {pairStates.map((choice) => (
            <button
              key={choice}
              type="button"
              className={styles.choice}
              aria-current={choice === state.state || undefined}
              onClick={() => setState({ state: choice })}
            >
              {t(`duplicates.state.${choice}`)}
            </button>
          ))}
        </nav>
      </div>
      {state.state === "open" && <CertainPairs key={entity} entity={entity} />}
      <Pairs key={`${entity}.${state.state}`} entity={entity} state={state.state} />
    </div>
  )
}
interface KindChoiceProps {
  kind: MatchedEntity
  count: number | undefined
  chosen: boolean
  onChoose: () => void
}
function KindChoice({ kind, count, chosen, onChoose }: KindChoiceProps) {
  const labels = useLabels(kind)
  return (
    <button type="button" className={styles.choice} aria-current={chosen || undefined} onClick={onChoose}>
      {labels.other}
      {count ? <span className={styles.count}>{count}</span> : null}
    </button>
  )
}

function ScanButton({ primary }: { primary?: true }) {
  const t = useT()
  const scan = useScan()
  if (!useCan("duplicates:create")) return null
  return (
    <>
      <Button
        kind={primary ? "primary" : "default"}
        icon={IconSearch}
        loading={scan.isPending}
        onClick={() => scan.mutate()}
      >
        {t("duplicates.scan")}
      </Button>
      {scan.error && <ErrorLine error={scan.error} />}
    </>
  )
}
function Running({ id, done, total }: { id: string; done: number; total: number | null }) {
  const t = useT()
  const showError = useErrorToast()
  const mayStop = useCan("operations:update")
  return (
    <div className={styles.running} role="status">
      <ProgressBar label={t("duplicates.scanning")} done={done} total={total} />
      {mayStop && (
        <Button onClick={() => call("POST /operations/:id/cancel", { params: { id } }).catch(showError)}>
          {t("action.cancel")}
        </Button>
      )}
    </div>
  )
}

function Pairs({ entity, state }: { entity: MatchedEntity; state: PairState }) {
  const t = useT()
  const pages = usePairs(entity, state)
  const { data, error, refetch } = pages
  const decide = useDecide()
  const [chosenId, choose] = useState<string | null>(null)
  const pairs = data?.pages.flatMap((page) => page.data) ?? []
  const at = Math.max(
    0,
    pairs.findIndex(({ id }) => id === chosenId),
  )
  const mayDecide = useCan("duplicates:update")
  const mayChange = useCan(`${entity}:update`)
  const mayMerge = useCan(`${entity}:merge`)
  const [, navigate] = useLocation()
  usePairKeys({
    pairs,
    at,
    choose,
    decide: mayDecide && mayChange ? decide : undefined,
    merge: mayMerge && state !== "notSame" ? (pair) => navigate(mergePath(pair)) : undefined,
  })
  if (error && !data) return <ErrorState error={error} retry={() => refetch()} />
  if (!data) return <ListSkeleton rows={6} avatar={false} />
  if (pairs.length === 0) return <Nothing state={state} />
  return (
    <section className={styles.pairs} aria-label={t("duplicates.pairs")}>
      {pairs.map((pair, index) => (
        <PairCard
          key={pair.id}
          pair={pair}
          chosen={index === at}
          onChoose={() => choose(pair.id)}
          onDecide={(decision) => decide(pair, decision)}
        />
      ))}
      <MoreButton of={pages} className={styles.more} />
    </section>
  )
}
function Nothing({ state }: { state: PairState }) {
  const t = useT()
  const { data, running } = useOverview()
  if (state !== "open")
    return <EmptyState title={t("duplicates.empty.title")}>{t("duplicates.empty.text")}</EmptyState>
  if (!data || data.scannedAt)
    return <EmptyState title={t("duplicates.none.title")}>{t("duplicates.none.text")}</EmptyState>
  return (
    <EmptyState
      drawing="search"
      title={t("duplicates.never.title")}
      action={!running && <ScanButton primary />}
    >
      {t("duplicates.never.text")}
    </EmptyState>
  )
}
