import { ActionIcon, Tooltip } from "@mantine/core"
import { IconMail, IconNote, IconPhone } from "@tabler/icons-react"
import { Link } from "wouter"
import type { Icon } from "../../lib/commands.ts"
import { useT } from "../../lib/i18n.tsx"
import { useCan } from "../../lib/session.tsx"
import { useOfferLog } from "../records/use-offer-log.ts"
import styles from "./today.module.css"

export interface Contact {
  id: string
  name: string | null
  email: string | null
  phone: string | null
}
/** What can be done for somebody right from the line: call, write, add a note on their page. */
export function ContactActions({ person }: { person: Contact }) {
  const t = useT()
  const name = person.name ?? t("state.unnamed")
  const mayWrite = useCan("notes:create")
  const offerLog = useOfferLog()
  const reached = { entity: "people", id: person.id, name } as const
  return (
    <span className={styles.actions}>
      {person.phone && (
        <LinkIcon
          icon={IconPhone}
          label={t("action.call", { name })}
          href={`tel:${person.phone}`}
          onClick={() => offerLog("call", reached)}
        />
      )}
      {person.email && (
        <LinkIcon
          icon={IconMail}
          label={t("action.mail", { name })}
          href={`mailto:${person.email}`}
          onClick={() => offerLog("message", reached)}
        />
      )}
      {mayWrite && (
        <LinkIcon
          icon={IconNote}
          label={t("today.note", { name })}
          href={`/people/${person.id}?compose=note`}
          inside
        />
      )}
    </span>
  )
}
interface LinkIconProps {
  icon: Icon
  label: string
  href: string
  /** Goes to a page of the app. */
  inside?: boolean
  onClick?: () => void
}
function LinkIcon({ icon: Mark, label, href, inside, onClick }: LinkIconProps) {
  const mark = <Mark size={18} stroke={1.5} />
  return (
    <Tooltip label={label}>
      {inside ? (
        <ActionIcon component={Link} href={href} aria-label={label} variant="subtle" color="gray">
          {mark}
        </ActionIcon>
      ) : (
        <ActionIcon
          component="a"
          href={href}
          aria-label={label}
          variant="subtle"
          color="gray"
          onClick={onClick}
        >
          {mark}
        </ActionIcon>
      )}
    </Tooltip>
  )
}
