import { TextInput } from "@mantine/core"
import type { EntityName } from "@regulars/contract/entities.ts"
import { splitPath } from "@regulars/contract/kernel/own-fields.ts"
import { IconPlus } from "@tabler/icons-react"
import { type FormEvent, useState } from "react"
import { isApiError } from "../../../../lib/api-error.ts"
import { type AnyRecord, declarationOf, useCreateRecord } from "../../../../lib/records.ts"
import { Button } from "../../../../ui/button.tsx"
import { useErrorText } from "../../../../ui/states.tsx"
import type { CellTexts } from "../cell-view.tsx"
import styles from "./board.module.css"

interface QuickAddProps {
  entity: EntityName
  /** What the new record gets besides its name: the choice of the column. */
  values: Record<string, unknown>
  column: string
  texts: CellTexts
  onAdded: (record: AnyRecord, name: string) => void
}
/** The foot of a column: a name and Enter make a record there, and the next one. What is refused stays typed. */
export function QuickAdd({ entity, values, column, texts, onAdded }: QuickAddProps) {
  const { t, labels } = texts
  const { title, fields } = declarationOf(entity)
  const create = useCreateRecord(entity)
  const [isOpen, setOpen] = useState(false)
  const [typed, setTyped] = useState("")
  const reason = useReason(texts, [title, ...Object.keys(values)])
  const label = t("list.board.new", { new: labels.new, column })
  const most = fields[title]
  async function add(event: FormEvent) {
    event.preventDefault()
    const name = typed.trim()
    if (name === "" || create.isPending) return
    try {
      const record = await create.mutateAsync({ values: { ...values, [title]: name } })
      setTyped("")
      onAdded(record, name)
    } catch {
      // `create.error` says why, below what was typed.
    }
  }
  if (!isOpen)
    return (
      <div className={styles.foot}>
        <Button kind="subtle" icon={IconPlus} fullWidth aria-label={label} onClick={() => setOpen(true)}>
          {labels.new}
        </Button>
      </div>
    )
  return (
    <form className={styles.foot} onSubmit={add}>
      <TextInput
        aria-label={label}
        placeholder={labels.field(title)}
        value={typed}
        maxLength={most && "max" in most ? most.max : undefined}
        error={create.error && reason(create.error)}
        autoFocus
        autoComplete="off"
        enterKeyHint="done"
        readOnly={create.isPending}
        onChange={(event) => {
          setTyped(event.currentTarget.value)
          if (create.isError) create.reset()
        }}
        onKeyDown={(event) => {
          if (event.key !== "Escape") return
          event.stopPropagation()
          setOpen(false)
        }}
        onBlur={() => typed === "" && setOpen(false)}
      />
    </form>
  )
}

/** Why a record was refused: the fields at fault by name, or what else stood in the way. `given` were filled in. */
function useReason({ t, labels }: CellTexts, given: readonly string[]): (error: unknown) => string {
  const errorText = useErrorText()
  return (error) => {
    const faults = isApiError(error) ? error.errors : []
    if (faults.length === 0) {
      const { what, next } = errorText(error)
      return `${what} ${next}`
    }
    return faults
      .map(({ path, code, message }) => {
        const [key] = splitPath(path)
        const fault = t.find(`fieldError.${given.includes(key) ? code : "required"}`)
        return `${labels.field(key)}: ${fault ?? message}`
      })
      .join(" ")
  }
}
