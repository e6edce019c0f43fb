import { languages } from "@regulars/locales/runtime.ts"
import type { CSSProperties, ReactNode } from "react"
import { useTexts } from "../../lib/i18n.tsx"
import { usePageTitle } from "../../lib/page-title.ts"
import { BrandMark } from "../../ui/brand-mark.tsx"
import styles from "./guest-frame.module.css"

interface GuestFrameProps {
  title: string
  text?: ReactNode
  children: ReactNode
  /** Pixels. */
  width?: number
}
/** The frame of pages that are open to guests: the mark, one question, the languages. */
export function GuestFrame({ title, text, children, width = 380 }: GuestFrameProps) {
  const { t, setLanguage } = useTexts()
  usePageTitle(title)
  return (
    <div className={styles.page}>
      <main className={styles.card} style={{ "--width": `${width}px` } as CSSProperties}>
        <div className={styles.mark}>
          <BrandMark size={28} />
          {t("shell.product")}
        </div>
        <h1 className={styles.title}>{title}</h1>
        {text && <p className={styles.text}>{text}</p>}
        {children}
      </main>
      <footer className={styles.foot}>
        {languages.map((language) => (
          <button
            key={language}
            type="button"
            lang={language}
            className={styles.language}
            aria-pressed={language === t.language}
            onClick={() => setLanguage(language)}
          >
            {t(`language.${language}`)}
          </button>
        ))}
      </footer>
    </div>
  )
}
