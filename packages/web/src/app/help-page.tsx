import type { MessageId } from "@regulars/locales/runtime.ts"
import { IconCheckbox, IconUpload, IconUserPlus, IconUsersGroup } from "@tabler/icons-react"
import { Link } from "wouter"
import type { Icon } from "../lib/commands.ts"
import { useT } from "../lib/i18n.tsx"
import { useSession } from "../lib/session.tsx"
import { PageHeader } from "../ui/page-header.tsx"
import { GuideContents } from "./guide-contents.tsx"
import styles from "./help-page.module.css"
import { KeyTable } from "./shell/key-table.tsx"

interface Step {
  path: string
  icon: Icon
  label: MessageId
  text: MessageId
  permission: string
}
const steps: readonly Step[] = [
  {
    path: "/import",
    icon: IconUpload,
    label: "help.start.import",
    text: "help.start.import.text",
    permission: "imports:create",
  },
  {
    path: "/people",
    icon: IconUserPlus,
    label: "help.start.person",
    text: "help.start.person.text",
    permission: "people:create",
  },
  {
    path: "/tasks",
    icon: IconCheckbox,
    label: "help.start.task",
    text: "help.start.task.text",
    permission: "tasks:create",
  },
  {
    path: "/settings/members",
    icon: IconUsersGroup,
    label: "help.start.invite",
    text: "help.start.invite.text",
    permission: "members:update",
  },
]

/** First steps, the keys and where to read on. */
export function HelpPage() {
  const t = useT()
  const { permissions } = useSession()
  return (
    <>
      <PageHeader title={t("help.title")} sub={t("help.intro")} />
      <div className={styles.page}>
        <section className={styles.section}>
          <h2>{t("help.start")}</h2>
          <ul className={styles.steps}>
            {steps
              .filter((step) => permissions.includes(step.permission))
              .map((step) => (
                <li key={step.path}>
                  <Link href={step.path} className={styles.step}>
                    <span className={styles.stepTitle}>
                      <step.icon size={18} stroke={1.5} aria-hidden="true" />
                      {t(step.label)}
                    </span>
                    <span className={styles.stepText}>{t(step.text)}</span>
                  </Link>
                </li>
              ))}
          </ul>
        </section>
        <section className={styles.section}>
          <h2>{t("help.guide")}</h2>
          <GuideContents />
        </section>
        <section className={styles.section}>
          <h2>{t("keys.title")}</h2>
          <p className={styles.intro}>{t("help.keys.hint")}</p>
          <KeyTable />
        </section>
        <section className={styles.section}>
          <h2>{t("help.links")}</h2>
          <p>
            <a href="/api/docs">{t("help.api")}</a>
          </p>
        </section>
      </div>
    </>
  )
}
