import { TextInput } from "@mantine/core"
import type { EntityName } from "@regulars/contract/entities.ts"
import { splitPath } from "@regulars/contract/kernel/own-fields.ts"
import { IconPlus } from "@tabler/icons-react"
import { type FormEvent, useRef, useState } from "react"
import { isApiError } from "../../../../lib/api-error.ts"
import { useCreateEntry } from "../../../../lib/commands.ts"
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
interface Refused {
  name: string
  error: unknown
}
/**
 * The foot of a column: a name and Enter make a record there, while the next one is being typed. What is refused
 * comes back to be put right, or is named beside what was typed meanwhile; where other fields must be given, the
 * form of a new record goes on with it.
 */
export function QuickAdd({ entity, values, column, texts, onAdded }: QuickAddProps) {
  const { t, labels } = texts
  const { title, fields } = declarationOf(entity)
  const create = useCreateRecord(entity)
  const [isOpen, setOpen] = useState(false)
  const [typed, setTyped] = useState("")
  const [refused, setRefused] = useState<readonly Refused[]>([])
  const form = useCreateEntry(entity)
  const input = useRef<HTMLInputElement>(null)
  const given = [title, ...Object.keys(values)]
  const reason = useReason(texts, given)
  const [lacking] = refused.filter(({ error }) => missing(error, given).some((key) => key in fields))
  const label = t("list.board.new", { new: labels.new, column })
  const most = fields[title]
  async function add(event: FormEvent) {
    event.preventDefault()
    const name = typed.trim()
    if (name === "") return
    setTyped("")
    setRefused([])
    try {
      const record = await create.mutateAsync({ values: { ...values, [title]: name } })
      onAdded(record, name)
    } catch (error) {
      setOpen(true)
      setTyped((now) => (now === "" ? name : now))
      setRefused((others) => [...others, { name, error }])
    }
  }
  function openForm({ name }: Refused) {
    form?.begin({
      values: { ...values, [title]: name },
      onSaved(record, saved) {
        setTyped((now) => (now === name ? "" : now))
        setRefused((others) => others.filter((one) => one.name !== name))
        input.current?.focus()
        onAdded(record, saved)
      },
    })
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
        ref={input}
        aria-label={label}
        placeholder={labels.field(title)}
        value={typed}
        maxLength={most && "max" in most ? most.max : undefined}
        error={
          refused.length > 0 &&
          refused
            .map(({ name, error }) => (name === typed ? reason(error) : `${name}: ${reason(error)}`))
            .join(" ")
        }
        autoFocus
        autoComplete="off"
        enterKeyHint="done"
        onChange={(event) => {
          setTyped(event.currentTarget.value)
          // Those that are not in the field stay named.
          setRefused(refused.filter(({ name }) => name !== typed))
        }}
        onKeyDown={(event) => {
          if (event.key !== "Escape") return
          event.stopPropagation()
          setOpen(false)
          setRefused([])
        }}
        onBlur={() => typed === "" && !create.isPending && refused.length === 0 && setOpen(false)}
      />
      {form && lacking && (
        <Button kind="subtle" fullWidth onClick={() => openForm(lacking)}>
          {t("list.board.form")}
        </Button>
      )}
    </form>
  )
}

/** Fields at fault that were not filled in. */
function missing(error: unknown, given: readonly string[]): string[] {
  const faults = isApiError(error) ? error.errors : []
  return faults.map(({ path }) => splitPath(path)[0]).filter((key) => !given.includes(key))
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
