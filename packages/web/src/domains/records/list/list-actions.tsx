import { layoutOf } from "@regulars/contract/kernel/layout.ts"
import { IconArrowsSort, IconColumns3, IconPlus } from "@tabler/icons-react"
import { useState } from "react"
import { useCreateEntry } from "../../../lib/commands.ts"
import { useT } from "../../../lib/i18n.tsx"
import { lazyPart } from "../../../lib/lazy-part.tsx"
import { declarationOf } from "../../../lib/records.ts"
import { Button, IconButton } from "../../../ui/button.tsx"
import { Later } from "../../../ui/later.tsx"
import { Menu } from "../../../ui/menu.tsx"
import { possibleColumns } from "./columns.ts"
import { ExportMenu } from "./export-menu.tsx"
import type { ListActionsProps } from "./list-actions-props.ts"

const GroupMenu = lazyPart(() => import("./groups/group-menu.tsx"), "GroupMenu", "soon")
const LayoutMenu = lazyPart(() => import("./layouts/layout-menu.tsx"), "LayoutMenu", "soon")
const ColumnChooser = lazyPart(() => import("./column-chooser.tsx"), "ColumnChooser", "soon")

/** What can be done with the list as a whole: order, columns, export, print, a new record. */
export function ListActions(props: ListActionsProps) {
  const { entity, columns, sort, state, setState, texts, cards } = props
  const t = useT()
  const create = useCreateEntry(entity)
  const [choosing, setChoosing] = useState(false)
  const isTable = layoutOf(declarationOf(entity), state.l)?.kind === "table"
  return (
    <>
      <Later>
        <LayoutMenu entity={entity} state={state} setState={setState} texts={texts} />
      </Later>
      {isTable && (
        <Later>
          <GroupMenu entity={entity} state={state} setState={setState} texts={texts} />
        </Later>
      )}
      <SortMenu entity={entity} sort={sort} setState={setState} texts={texts} />
      {!cards && (
        <IconButton
          icon={IconColumns3}
          label={t("list.columns")}
          aria-haspopup="dialog"
          onClick={() => setChoosing(true)}
        />
      )}
      {choosing && (
        <Later onClose={() => setChoosing(false)}>
          <ColumnChooser
            entity={entity}
            columns={columns}
            onChange={(c) => setState({ c })}
            isDefault={state.c === null}
            onClose={() => setChoosing(false)}
          />
        </Later>
      )}
      <ExportMenu {...props} />
      {create && !cards && (
        <Button kind="primary" icon={IconPlus} onClick={create.run}>
          {texts.labels.new}
        </Button>
      )}
    </>
  )
}

function SortMenu({
  entity,
  sort,
  setState,
  texts,
}: Pick<ListActionsProps, "entity" | "sort" | "setState" | "texts">) {
  const t = useT()
  const declaration = declarationOf(entity)
  const [current = ""] = sort
  const key = current.replace(/^-/, "")
  const sortable = possibleColumns(declaration).filter(
    (field) => declaration.fields[field]?.sort ?? ["createdAt", "updatedAt"].includes(field),
  )
  const put = (next: string) => setState({ s: next === declaration.defaultSort ? null : [next] })
  return (
    <Menu
      target={<IconButton icon={IconArrowsSort} label={t("list.sort")} />}
      groups={[
        {
          heading: t("list.sort.current", { field: texts.labels.field(key) }),
          entries: sortable.map((field) => ({
            id: field,
            label: texts.labels.field(field),
            checked: field === key,
            run: () => put(field),
          })),
        },
        {
          entries: [
            { id: "up", label: t("list.sort.up"), checked: !current.startsWith("-"), run: () => put(key) },
            {
              id: "down",
              label: t("list.sort.down"),
              checked: current.startsWith("-"),
              run: () => put(`-${key}`),
            },
          ],
        },
      ]}
    />
  )
}
