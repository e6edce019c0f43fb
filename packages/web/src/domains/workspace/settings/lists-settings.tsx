import { useT } from "../../../lib/i18n.tsx"
import { useCan } from "../../../lib/session.tsx"
import { NameList } from "./name-list.tsx"
import styles from "./settings.module.css"

/** What people are chosen from at a person: where they came from, and which branch they visit. */
export function ListsSettings() {
  const t = useT()
  const mayChange = useCan("sources:update")
  return (
    <>
      <p className={`${styles.note} ${styles.intro}`}>
        {t(mayChange ? "settings.lists.text" : "settings.lists.readOnly")}
      </p>
      <NameList entity="sources" />
      <NameList entity="locations" />
    </>
  )
}
