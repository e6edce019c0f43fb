import { useT } from "../../lib/i18n.tsx"
import { Button } from "../../ui/button.tsx"
import styles from "./today.module.css"
import { useSample, useSampleActions } from "./use-sample.ts"

/** Says that what is shown is a sample, with the way out of it. */
export function SampleNotice() {
  const t = useT()
  const { data } = useSample()
  const { remove } = useSampleActions()
  if (!data?.loaded) return null
  return (
    <section className={styles.notice} aria-label={t("today.sample.title")}>
      <p>{t("today.sample.text")}</p>
      <Button loading={remove.isPending} onClick={() => remove.mutate()}>
        {t("today.sample.remove")}
      </Button>
    </section>
  )
}
