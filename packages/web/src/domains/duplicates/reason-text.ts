import { useT } from "../../lib/i18n.tsx"

interface Reason {
  comparison: string
  level: string
}
/** What two records have in common, in words: "same phone, similar name". */
export function useReasonText(): (reasons: readonly Reason[]) => string {
  const t = useT()
  return (reasons) =>
    reasons
      .map(({ comparison, level }) => t.find(`duplicates.level.${comparison}.${level}`))
      .filter((text) => text !== undefined)
      .join(", ")
}
