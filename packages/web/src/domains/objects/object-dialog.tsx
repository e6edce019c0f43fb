import { TextInput } from "@mantine/core"
import { type ObjectIcon, objectIcons } from "@regulars/contract/kernel/object-icons.ts"
import { useState } from "react"
import { useT } from "../../lib/i18n.tsx"
import { Button } from "../../ui/button.tsx"
import { Dialog } from "../../ui/dialog.tsx"
import { Form, useSubmit } from "../../ui/form.tsx"
import { ObjectMark } from "./object-mark.tsx"
import styles from "./objects-settings.module.css"
import { type ObjectType, type ObjectValues, useObjectActions } from "./use-object-types.ts"

interface ObjectDialogProps {
  /** Absent for a new one. */
  type: ObjectType | undefined
  onClose: () => void
}
/** What an own object is called and shown by. */
export function ObjectDialog({ type, onClose }: ObjectDialogProps) {
  const t = useT()
  const actions = useObjectActions()
  const [values, setValues] = useState<ObjectValues>({
    one: type?.one ?? "",
    many: type?.many ?? "",
    icon: type?.icon ?? "box",
  })
  const put = (changes: Partial<ObjectValues>) => setValues({ ...values, ...changes })
  const ready = values.one.trim() !== "" && values.many.trim() !== ""
  const state = useSubmit(async () => {
    if (!ready) return
    await (type ? actions.change(type, values) : actions.add(values))
    onClose()
  })
  return (
    <Dialog
      opened
      onClose={onClose}
      title={t(type ? "settings.objects.edit" : "settings.objects.add")}
      width={480}
    >
      <Form
        state={state}
        actions={
          <>
            <Button onClick={onClose}>{t("action.cancel")}</Button>
            <Button kind="primary" type="submit" loading={state.busy} disabled={!ready}>
              {t(type ? "action.save" : "action.create")}
            </Button>
          </>
        }
      >
        <TextInput
          label={t("settings.objects.one")}
          value={values.one}
          maxLength={60}
          autoFocus
          data-autofocus=""
          autoComplete="off"
          onChange={(event) => put({ one: event.currentTarget.value })}
        />
        <TextInput
          label={t("settings.objects.many")}
          value={values.many}
          maxLength={60}
          autoComplete="off"
          onChange={(event) => put({ many: event.currentTarget.value })}
        />
        <Icons value={values.icon} onChange={(icon) => put({ icon })} />
      </Form>
    </Dialog>
  )
}

function Icons({ value, onChange }: { value: ObjectIcon; onChange: (icon: ObjectIcon) => void }) {
  const t = useT()
  return (
    <fieldset className={styles.icons}>
      <legend>{t("settings.objects.icon")}</legend>
      {objectIcons.map((icon) => (
        <button
          key={icon}
          type="button"
          className={styles.icon}
          aria-pressed={icon === value}
          aria-label={t(`settings.objects.icon.${icon}`)}
          title={t(`settings.objects.icon.${icon}`)}
          onClick={() => onChange(icon)}
        >
          <ObjectMark name={icon} size={20} />
        </button>
      ))}
    </fieldset>
  )
}
