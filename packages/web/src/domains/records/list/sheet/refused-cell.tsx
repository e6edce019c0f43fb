import { VisuallyHidden } from "@mantine/core"
import type { Translate } from "@regulars/locales/runtime.ts"
import type { Refused } from "./cells-work.ts"
import styles from "./sheet.module.css"

/** Why a cell was not taken, in the reader's language where we have words for it. */
export function reasonOf(t: Translate, { code, message }: Pick<Refused, "code" | "message">): string {
  return t.find(`fieldError.${code}`) ?? (message || t("fieldError.invalid"))
}
/** What was to stand in a cell and was refused, with the reason on hover and for screen readers. */
export function RefusedCell({ t, refused }: { t: Translate; refused: Refused }) {
  const reason = reasonOf(t, refused)
  return (
    <span className={styles.refused} title={reason}>
      {refused.text || t("list.sheet.empty")}
      <VisuallyHidden>{` – ${reason}`}</VisuallyHidden>
    </span>
  )
}
