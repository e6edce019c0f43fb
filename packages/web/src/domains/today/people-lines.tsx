import type { Today } from "@regulars/contract/domains/today.endpoints.ts"
import { IconCake, IconUpload, IconUserPlus } from "@tabler/icons-react"
import { Fragment } from "react"
import { Link } from "wouter"
import { useFormats, useLabels, useT } from "../../lib/i18n.tsx"
import { Avatar } from "../../ui/avatar.tsx"
import { DayText, RelativeTime } from "../../ui/display.tsx"
import { type Contact, ContactActions } from "./contact-actions.tsx"
import styles from "./today.module.css"

function PersonName({ person }: { person: Pick<Contact, "id" | "name"> }) {
  const t = useT()
  return (
    <Link className={styles.name} href={`/people/${person.id}`} data-line>
      {person.name ?? t("state.unnamed")}
    </Link>
  )
}

export function BirthdayLine({ line }: { line: Today["birthdays"]["lines"][number] }) {
  const t = useT()
  const { person, reason } = line
  return (
    <li className={styles.line}>
      <Avatar name={person.name ?? "?"} />
      <div className={styles.words}>
        <PersonName person={person} />
        <div className={styles.reason}>
          <IconCake size={14} stroke={1.5} aria-hidden="true" />
          <span>
            <DayText day={line.on} />
            {reason.age !== null && reason.age > 0 && `, ${t("today.birthday.age", { age: reason.age })}`}
          </span>
        </div>
      </div>
      <ContactActions person={person} />
    </li>
  )
}

export function QuietLine({ line }: { line: Today["quiet"]["lines"][number] }) {
  const t = useT()
  const labels = useLabels("people")
  const { person, reason } = line
  const why = [
    reason.mark && labels.choice("keyCustomer", reason.mark),
    reason.stage && labels.choice("lifecycleStage", reason.stage),
    reason.days === null ? t("today.quiet.never") : t("today.quiet.days", { days: reason.days }),
  ]
  return (
    <li className={styles.line}>
      <Avatar name={person.name ?? "?"} />
      <div className={styles.words}>
        <PersonName person={person} />
        <div className={styles.reason}>{why.filter(Boolean).join(" · ")}</div>
      </div>
      <ContactActions person={person} />
    </li>
  )
}

interface AdditionLineProps {
  line: Today["additions"]["lines"][number]
  /** Address of the list of all who are new. */
  list: string
}
export function AdditionLine({ line, list }: AdditionLineProps) {
  const t = useT()
  const formats = useFormats()
  const Mark = line.operationId ? IconUpload : IconUserPlus
  const others = line.count - line.people.length
  return (
    <li className={styles.line}>
      <span className={styles.mark}>
        <Mark size={18} stroke={1.5} aria-hidden="true" />
      </span>
      <div className={styles.words}>
        <div className={styles.names}>
          {line.people.map((person, index) => (
            <Fragment key={person.id}>
              {index > 0 && ", "}
              <PersonName person={person} />
            </Fragment>
          ))}
          {others > 0 && (
            <>
              {" "}
              <Link href={list}>
                {t("today.addition.others", { count: others, shown: formats.number(others) })}
              </Link>
            </>
          )}
        </div>
        <div className={styles.reason}>
          <span>
            {line.actor?.name &&
              line.operationId &&
              t("today.addition.importedBy", { name: line.actor.name })}
            {line.actor?.name && !line.operationId && t("today.addition.addedBy", { name: line.actor.name })}
            {!line.actor?.name && t(line.operationId ? "today.addition.imported" : "today.addition.added")}
          </span>
          <span aria-hidden="true">·</span>
          <RelativeTime at={line.at} />
        </div>
      </div>
    </li>
  )
}
