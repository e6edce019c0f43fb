import { pages } from "virtual:guide"
import { Link } from "wouter"
import { useT } from "../lib/i18n.tsx"
import styles from "./guide.module.css"

/** The pages of the user guide in the order to read them. */
export function GuideContents({ current }: { current?: string }) {
  const t = useT()
  return (
    <nav aria-label={t("help.guide")} className={styles.contents}>
      {t.language !== "en" && <p className={styles.language}>{t("help.guide.language")}</p>}
      <ol lang="en">
        {pages.map(({ page, title }) => (
          <li key={page}>
            <Link href={`/help/${page}`} aria-current={page === current ? "page" : undefined}>
              {title}
            </Link>
          </li>
        ))}
      </ol>
    </nav>
  )
}
