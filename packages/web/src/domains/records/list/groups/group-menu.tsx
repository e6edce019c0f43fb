import { fieldOf } from "@regulars/contract/kernel/entity.ts"
import { groupingOf, groupPeriods, isDated, isGroupable } from "@regulars/contract/kernel/grouping.ts"
import { IconLayoutRows } from "@tabler/icons-react"
import { useT } from "../../../../lib/i18n.tsx"
import { declarationOf } from "../../../../lib/records.ts"
import { IconButton } from "../../../../ui/button.tsx"
import { Menu } from "../../../../ui/menu.tsx"
import { possibleColumns } from "../columns.ts"
import type { ListActionsProps } from "../list-actions-props.ts"

/** What the list is grouped by; dates by day, week or month. */
export function GroupMenu({
  entity,
  state,
  setState,
  texts,
}: Pick<ListActionsProps, "entity" | "state" | "setState" | "texts">) {
  const t = useT()
  const declaration = declarationOf(entity)
  const { by, period = "month" } = groupingOf(state.g)
  const chosen = fieldOf(declaration, by)
  const groupable = possibleColumns(declaration).filter((key) => {
    const field = fieldOf(declaration, key)
    return field && isGroupable(field)
  })
  const put = (g: string) => setState({ g })
  const entry = (key: string) => {
    const field = fieldOf(declaration, key)
    const run = () => put(field && isDated(field) ? `${key}:${period}` : key)
    return { id: key, label: texts.labels.field(key), checked: key === by, run }
  }
  const periods = groupPeriods.map((one) => ({
    id: `period ${one}`,
    label: t(`list.group.${one}`),
    checked: one === period,
    run: () => put(`${by}:${one}`),
  }))
  return (
    <Menu
      target={<IconButton icon={IconLayoutRows} label={t("list.group")} />}
      groups={[
        { entries: [{ id: "none", label: t("list.group.none"), checked: by === "", run: () => put("") }] },
        { heading: t("list.group"), entries: groupable.map(entry) },
        ...(chosen && isDated(chosen) ? [{ entries: periods }] : []),
      ]}
    />
  )
}
