import type { AuditFact } from "@regulars/contract/domains/audit.endpoints.ts"
import { entityLabel } from "@regulars/locales/labels.ts"
import type { Translate } from "@regulars/locales/runtime.ts"
import { IconDownload, IconShieldCheck } from "@tabler/icons-react"
import { useInfiniteQuery, useMutation } from "@tanstack/react-query"
import { useState } from "react"
import { Link } from "wouter"
import { call, urlOf } from "../../../lib/api.ts"
import { entityOfSubject, namedEntity } from "../../../lib/declarations.ts"
import { useFormats, useT } from "../../../lib/i18n.tsx"
import { useMembers, useNameOf } from "../../../lib/names.ts"
import { keys } from "../../../lib/query.ts"
import { Button } from "../../../ui/button.tsx"
import { CopyOnClick } from "../../../ui/copy-on-click.tsx"
import { RelativeTime } from "../../../ui/display.tsx"
import { MoreButton } from "../../../ui/more-button.tsx"
import { NativeSelect } from "../../../ui/native-select.tsx"
import { ListSkeleton } from "../../../ui/skeleton.tsx"
import { EmptyState, ErrorLine, ErrorState } from "../../../ui/states.tsx"
import styles from "./settings.module.css"

const areas = ["security", "records"] as const
type Area = (typeof areas)[number] | ""

/** What happened in the workspace, who did it, and whether the chain that shows tampering holds. */
export function AuditSettings() {
  const t = useT()
  const [area, setArea] = useState<Area>("")
  const [memberId, setMemberId] = useState("")
  const { data: members } = useMembers()
  const areaLabel = t("settings.audit.area")
  const memberLabel = t("settings.audit.member")
  return (
    <>
      <Chain />
      <section className={`${styles.section} ${styles.wide}`}>
        <div className={styles.choicesLine}>
          <NativeSelect
            label={areaLabel}
            ariaLabel={areaLabel}
            always
            value={area}
            options={["", ...areas].map((value) => ({
              value,
              label: t(`settings.audit.area.${value || "all"}` as "settings.audit.area.all"),
            }))}
            onChange={(value) => setArea(value as Area)}
          />
          <NativeSelect
            label={memberLabel}
            ariaLabel={memberLabel}
            always
            value={memberId}
            options={[
              { value: "", label: t("settings.audit.everyone") },
              ...(members ?? []).map(({ id, name }) => ({ value: id, label: name })),
            ]}
            onChange={setMemberId}
          />
        </div>
        <Facts area={area} memberId={memberId} />
      </section>
    </>
  )
}

function Chain() {
  const t = useT()
  const formats = useFormats()
  const verify = useMutation({
    mutationFn: async () => (await call("POST /audit/verify", { body: {} })).data,
  })
  const verdict = verify.data
  return (
    <section className={styles.section}>
      <p className={styles.note}>{t("settings.audit.text")}</p>
      <div className={styles.choicesLine}>
        <Button icon={IconShieldCheck} loading={verify.isPending} onClick={() => verify.mutate()}>
          {t("settings.audit.verify")}
        </Button>
        <a className={styles.download} href={urlOf("GET /audit/export")} download>
          <IconDownload size={16} stroke={1.5} aria-hidden="true" />
          {t("settings.audit.export")}
        </a>
      </div>
      {verify.error && <ErrorLine error={verify.error} />}
      {verdict && (
        <div role="status">
          {verdict.broken ? (
            <strong>
              {t("settings.audit.broken", {
                block: verdict.broken.seq,
                reason: t(`settings.audit.reason.${verdict.broken.reason}`),
              })}
            </strong>
          ) : (
            <p>
              {t("settings.audit.holds", { events: verdict.events, erased: formats.number(verdict.erased) })}
              {verdict.unsealed > 0 && ` ${t("settings.audit.holds.unsealed", { count: verdict.unsealed })}`}
              {verdict.before > 0 && ` ${t("settings.audit.holds.before", { count: verdict.before })}`}
            </p>
          )}
          {verdict.ok && verdict.head && (
            <>
              <p className={styles.note}>{t("settings.audit.head")}</p>
              <div className={styles.code}>
                <CopyOnClick text={`${verdict.head.seq}:${verdict.head.hash}`} />
              </div>
            </>
          )}
        </div>
      )}
    </section>
  )
}

function Facts({ area, memberId }: { area: Area; memberId: string }) {
  const t = useT()
  const pages = useInfiniteQuery({
    queryKey: keys.list("audit", { area, memberId }),
    queryFn: ({ pageParam, signal }) =>
      call("GET /audit", {
        query: {
          limit: 50,
          ...(area && { area }),
          ...(memberId && { memberId }),
          ...(pageParam && { cursor: pageParam }),
        },
        signal,
      }),
    initialPageParam: "",
    getNextPageParam: ({ page }) => page.next,
  })
  const { data, error, refetch } = pages
  if (error && !data) return <ErrorState error={error} retry={() => refetch()} />
  if (!data) return <ListSkeleton rows={6} avatar={false} />
  const facts = data.pages.flatMap((page) => page.data)
  if (facts.length === 0) return <EmptyState title={t("settings.audit.none")} />
  return (
    <>
      <ul className={styles.rows}>
        {facts.map((fact) => (
          <Fact key={fact.id} fact={fact} />
        ))}
      </ul>
      <MoreButton of={pages} className={styles.more} />
    </>
  )
}

function Fact({ fact }: { fact: AuditFact }) {
  const t = useT()
  const told = useNameOf("members", typeof fact.data.memberId === "string" ? fact.data.memberId : null)
  const actor =
    fact.actor.type === "system" ? t("event.actor.system") : (fact.actor.name ?? t("event.actor.unknown"))
  const others = fact.count - fact.subjects.length
  return (
    <li className={styles.row}>
      <div className={styles.words}>
        <div className={styles.name}>{sentenceOf(fact, t, told ?? "")}</div>
        {fact.count > 0 && (
          <div className={styles.sub}>
            {fact.subjects.map((subject, index) => (
              <span key={subject.id}>
                {index > 0 && ", "}
                <Subject {...subject} />
              </span>
            ))}
            {others > 0 && ` ${t("settings.audit.others", { count: others })}`}
          </div>
        )}
        <div className={styles.sub}>
          {actor} · <RelativeTime at={fact.at} />
          {!fact.sealed && <> · {t("settings.audit.unsealed")}</>}
        </div>
      </div>
    </li>
  )
}
function Subject({ type, id, name }: AuditFact["subjects"][number]) {
  const t = useT()
  const entity = entityOfSubject(type)
  const text = name || t("state.unnamed")
  return entity?.timeline && name !== null ? <Link href={`/${entity.name}/${id}`}>{text}</Link> : text
}

/** What happened, in words: facts of security have their own, those of records are put together. */
function sentenceOf({ type, count, data }: AuditFact, t: Translate, member: string): string {
  const [kind = "", fact = ""] = type.split(".")
  if (kind === "security")
    return (
      t.find(`settings.audit.security.${fact}`, {
        member,
        role: typeof data.role === "string" ? (t.find(`role.${data.role}`) ?? data.role) : "",
        change: typeof data.change === "string" ? data.change : "",
        entity: typeof data.entity === "string" ? entityLabel(t, namedEntity(data.entity)) : "",
      }) ?? type
    )
  if (kind === "records") {
    const entity = String(data.entity ?? "")
    return t("settings.audit.erased", {
      count: Number(data.count ?? 0),
      what: entityLabel(t, namedEntity(entity)),
    })
  }
  const entity = entityOfSubject(kind)
  const what = entity ? entityLabel(t, entity, count === 1 ? "one" : "other") : kind
  return t.find(`settings.audit.fact.${fact}`, { what, count }) ?? `${what}: ${fact}`
}
