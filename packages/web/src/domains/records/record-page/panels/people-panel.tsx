import type { ListParams } from "@regulars/contract/kernel/entity-calls.ts"
import { Link } from "wouter"
import { titleOf } from "../../../../lib/format.ts"
import { useT } from "../../../../lib/i18n.tsx"
import { useNameOf } from "../../../../lib/names.ts"
import { useList } from "../../../../lib/records.ts"
import { Avatar } from "../../../../ui/avatar.tsx"
import { Bone } from "../../../../ui/skeleton.tsx"
import { ErrorLine } from "../../../../ui/states.tsx"
import { Panel, PanelEmpty } from "./panel.tsx"
import styles from "./panels.module.css"

const most = 50
/** People who work at a company now. */
function peopleOf(companyId: string): ListParams {
  return {
    filter: { field: "companyId", op: "is", value: companyId },
    fields: ["name", "jobTitle", "emails", "phones"],
    sort: ["name"],
    limit: most,
    count: "true",
  }
}

/** The people of a company. */
export function PeoplePanel({ companyId }: { companyId: string }) {
  const t = useT()
  const { data, error, refetch } = useList("people", peopleOf(companyId))
  return (
    <Panel title={t("record.peopleThere")} count={data?.count?.value}>
      {error && <ErrorLine error={error} retry={() => refetch()} />}
      {!data && !error && <Bone height={20} />}
      {data?.data.length === 0 && <PanelEmpty>{t("record.peopleThere.none")}</PanelEmpty>}
      <People rows={data?.data ?? []} />
    </Panel>
  )
}

/** The company of a person, and who else works there. */
export function CompanyPanel({ companyId, personId }: { companyId: string | null; personId: string }) {
  const t = useT()
  const name = useNameOf("companies", companyId)
  const { data } = useList("people", peopleOf(companyId ?? ""), companyId !== null)
  const colleagues = (data?.data ?? []).filter((person) => person.id !== personId)
  return (
    <Panel title={t("record.company")}>
      {companyId === null ? (
        <PanelEmpty>{t("record.company.none")}</PanelEmpty>
      ) : (
        <>
          <ul className={styles.list}>
            <Line href={`/companies/${companyId}`} name={name || "…"} square />
          </ul>
          {colleagues.length > 0 && (
            <>
              <h3 className={styles.sub}>{t("record.colleagues")}</h3>
              <People rows={colleagues} />
            </>
          )}
        </>
      )}
    </Panel>
  )
}

function People({
  rows,
}: {
  rows: readonly { id: string; name: string | null; jobTitle?: string | null }[]
}) {
  const t = useT()
  return (
    <ul className={styles.list}>
      {rows.map((person) => (
        <Line
          key={person.id}
          href={`/people/${person.id}`}
          name={titleOf(person) || t("state.unnamed")}
          sub={person.jobTitle}
        />
      ))}
    </ul>
  )
}
interface LineProps {
  href: string
  name: string
  sub?: string | null
  square?: boolean
}
function Line({ href, name, sub, square }: LineProps) {
  return (
    <li>
      <Link href={href} className={styles.line}>
        <Avatar name={name} size={24} square={square} />
        <span className={styles.words}>
          <span className={styles.name}>{name}</span>
          {sub && <span className={styles.job}>{sub}</span>}
        </span>
      </Link>
    </li>
  )
}
