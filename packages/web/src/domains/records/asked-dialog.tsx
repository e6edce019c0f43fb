import type { EntityName } from "@regulars/contract/entities.ts"
import type { Field } from "@regulars/contract/kernel/fields.ts"
import { useState } from "react"
import { useT } from "../../lib/i18n.tsx"
import { type AnyRecord, declarationOf, useRecord } from "../../lib/records.ts"
import { Button } from "../../ui/button.tsx"
import { Dialog } from "../../ui/dialog.tsx"
import { isEmptyValue } from "../../ui/fields/is-empty.ts"
import { Form, useSubmit } from "../../ui/form.tsx"
import { FormSkeleton } from "../../ui/skeleton.tsx"
import { ErrorLine } from "../../ui/states.tsx"
import { AskedInput } from "./create/own-inputs.tsx"
import { lackingFields } from "./lacking-fields.ts"
import type { ChangeWithUndo } from "./use-patch-with-undo.ts"

export interface Asked {
  /** The change that was refused. */
  given: ChangeWithUndo
  /** Name of the record. */
  name: string
  /** Fields it lacks. */
  keys: readonly string[]
  /** Makes the change with what was asked for. */
  send: (change: ChangeWithUndo) => Promise<unknown>
}
interface AskedDialogProps {
  entity: EntityName
  asked: Asked
  onClose: (isMade: boolean) => void
}
/** Asks for what a record lacks for a change, and makes it. */
export function AskedDialog({ entity, asked, onClose }: AskedDialogProps) {
  const { data, error, refetch } = useRecord(entity, asked.given.id)
  return (
    <Dialog opened onClose={() => onClose(false)} title={asked.name} width={440}>
      {data ? (
        <Questions entity={entity} asked={asked} record={data as unknown as AnyRecord} onClose={onClose} />
      ) : error ? (
        <ErrorLine error={error} retry={() => refetch()} />
      ) : (
        <FormSkeleton fields={asked.keys.length} />
      )}
    </Dialog>
  )
}

function Questions({ entity, asked, record, onClose }: AskedDialogProps & { record: AnyRecord }) {
  const t = useT()
  const { given, send } = asked
  const { fields } = declarationOf(entity)
  const [keys, setKeys] = useState(asked.keys)
  const [values, setValues] = useState<Record<string, unknown>>({})
  const heldIn = (key: string) => (key in values ? values[key] : (record[key] ?? null))
  const state = useSubmit(async () => {
    const before = Object.fromEntries(keys.map((key) => [key, record[key] ?? null]))
    const changes = Object.fromEntries(keys.map((key) => [key, heldIn(key)]))
    try {
      await send({
        ...given,
        changes: { ...given.changes, ...changes },
        before: { ...given.before, ...before },
      })
      onClose(true)
    } catch (error) {
      // What is given may ask for more.
      const more = lackingFields(error, declarationOf(entity), { ...given.changes, ...changes })
      if (more.length === 0) throw error
      setKeys([...keys, ...more])
    }
  })
  return (
    <Form
      state={state}
      actions={
        <>
          <Button onClick={() => onClose(false)}>{t("action.cancel")}</Button>
          <Button
            kind="primary"
            type="submit"
            loading={state.busy}
            disabled={keys.some((key) => isEmptyValue(heldIn(key)))}
          >
            {t("action.save")}
          </Button>
        </>
      }
    >
      <p>{t("asked.needed")}</p>
      {keys.map((key, place) => (
        <AskedInput
          key={key}
          entity={entity}
          fieldKey={key}
          field={fields[key] as Field}
          value={heldIn(key)}
          fault={state.faultOf(key)}
          autoFocus={place === 0}
          onChange={(value) => setValues((old) => ({ ...old, [key]: value }))}
        />
      ))}
    </Form>
  )
}
