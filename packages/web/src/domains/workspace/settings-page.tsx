import { TextInput } from "@mantine/core"
import { fold } from "@regulars/contract/kernel/fold.ts"
import { IconChevronLeft, IconSearch } from "@tabler/icons-react"
import { useState } from "react"
import { Link } from "wouter"
import { useT } from "../../lib/i18n.tsx"
import { useSession } from "../../lib/session.tsx"
import { PageHeader } from "../../ui/page-header.tsx"
import { NoPermission } from "../../ui/states.tsx"
import { type Topic, topics } from "./settings/topics.tsx"
import styles from "./settings-page.module.css"

/** Settings: a searchable list of topics and one of them. Phones show one of both. */
export function SettingsPage({ params }: { params: Record<string, string | undefined> }) {
  const t = useT()
  const { permissions } = useSession()
  const allowed = topics.filter((topic) => !topic.permission || permissions.includes(topic.permission))
  const chosen = params.topic ?? allowed[0]?.path
  const topic = allowed.find((candidate) => candidate.path === chosen)
  const title = params.topic && topic ? t(topic.label) : t("settings.title")
  const Page = topic?.page
  return (
    <>
      {params.topic && (
        <Link href="/settings" className={styles.back}>
          <IconChevronLeft size={16} stroke={1.5} />
          {t("settings.title")}
        </Link>
      )}
      <PageHeader title={title} />
      <div className={`${styles.page} ${params.topic ? styles.opened : styles.listed}`}>
        <Topics allowed={allowed} chosen={chosen} opened={params.topic !== undefined} />
        <div className={styles.content}>{Page ? <Page /> : <NoPermission />}</div>
      </div>
    </>
  )
}

interface TopicsProps {
  allowed: readonly Topic[]
  chosen: string | undefined
  /** Whether the address names a topic; without one, wide screens show the first. */
  opened: boolean
}
function Topics({ allowed, chosen, opened }: TopicsProps) {
  const t = useT()
  const [wanted, setWanted] = useState("")
  const found = allowed.filter((topic) => fold(`${t(topic.label)} ${t(topic.about)}`).includes(fold(wanted)))
  return (
    <nav className={styles.topics} aria-label={t("settings.title")}>
      <TextInput
        type="search"
        className={styles.search}
        aria-label={t("settings.search")}
        placeholder={t("settings.search")}
        leftSection={<IconSearch size={16} stroke={1.5} />}
        value={wanted}
        onChange={(event) => setWanted(event.currentTarget.value)}
      />
      {found.map((topic, index) => (
        <div key={topic.path}>
          {topic.group !== found[index - 1]?.group && <div className={styles.group}>{t(topic.group)}</div>}
          <Link
            href={`/settings/${topic.path}`}
            className={styles.topic}
            data-chosen={topic.path === chosen || undefined}
            aria-current={opened && topic.path === chosen ? "page" : undefined}
          >
            <topic.icon size={18} stroke={1.5} />
            <span>
              {t(topic.label)}
              <span className={styles.about}>{t(topic.about)}</span>
            </span>
          </Link>
        </div>
      ))}
      {found.length === 0 && <p className={styles.none}>{t("settings.none")}</p>}
    </nav>
  )
}
