import { fieldOf } from "@regulars/contract/kernel/entity.ts"
import { isBoardField, isCalendarField, layoutOf, layoutText } from "@regulars/contract/kernel/layout.ts"
import { IconCalendarMonth, IconLayoutGrid, IconLayoutKanban, IconTable } from "@tabler/icons-react"
import { useT } from "../../../../lib/i18n.tsx"
import { declarationOf } from "../../../../lib/records.ts"
import { IconButton } from "../../../../ui/button.tsx"
import { Menu } from "../../../../ui/menu.tsx"
import { possibleColumns } from "../columns.ts"
import type { ListActionsProps } from "../list-actions-props.ts"

const icons = {
  table: IconTable,
  cards: IconLayoutGrid,
  board: IconLayoutKanban,
  calendar: IconCalendarMonth,
}

/** How the list is laid out: a table, cards, a board by a choice, or a calendar by a day. */
export function LayoutMenu({
  entity,
  state,
  setState,
  texts,
}: Pick<ListActionsProps, "entity" | "state" | "setState" | "texts">) {
  const t = useT()
  const declaration = declarationOf(entity)
  const chosen = layoutOf(declaration, state.l) ?? { kind: "table", by: "" }
  const keys = possibleColumns(declaration)
  const entry = (kind: keyof typeof icons, by: string, label: string) => ({
    id: `${kind} ${by}`,
    label,
    icon: icons[kind],
    checked: kind === chosen.kind && by === chosen.by,
    run: () => setState({ l: layoutText({ kind, by }) }),
  })
  const byField = (kind: "board" | "calendar", fits: typeof isBoardField) => ({
    heading: t(`list.layout.${kind}.by`),
    entries: keys
      .filter((key) => {
        const field = fieldOf(declaration, key)
        return field && fits(field)
      })
      .map((key) => entry(kind, key, texts.labels.field(key))),
  })
  const groups = [
    { entries: [entry("table", "", t("list.layout.table")), entry("cards", "", t("list.layout.cards"))] },
    byField("board", isBoardField),
    byField("calendar", isCalendarField),
  ]
  return (
    <Menu
      target={<IconButton icon={icons[chosen.kind]} label={t("list.layout")} />}
      groups={groups.filter(({ entries }) => entries.length > 0)}
    />
  )
}
