import type { EntityName } from "@regulars/contract/entities.ts"
import { type ComponentType, useState } from "react"
import { useLocation } from "wouter"
import type { Beginning } from "../../../lib/commands.ts"
import { useLabels, useT } from "../../../lib/i18n.tsx"
import type { AnyRecord } from "../../../lib/records.ts"
import { Dialog } from "../../../ui/dialog.tsx"
import { recordPath } from "../../../ui/fields/record-chip.tsx"
import { toast } from "../../../ui/toast.tsx"
import { ActivityForm } from "../compose/activity-form.tsx"
import { draftName } from "../compose/begun.ts"
import { NoteForm } from "../compose/note-form.tsx"
import { TaskForm } from "../compose/task-form.tsx"
import { currentRecord } from "../record-page/current-record.ts"
import { CompanyForm } from "./company-form.tsx"
import type { CreateProps } from "./create-frame.tsx"
import { EntityForm } from "./entity-form.tsx"
import { PersonForm } from "./person-form.tsx"

/** Forms for what asks for other things than its declaration says. */
const ownForms: Partial<Record<EntityName, ComponentType<CreateProps>>> = {
  people: PersonForm,
  companies: CompanyForm,
}
const composeForms = { tasks: TaskForm, notes: NoteForm, activities: ActivityForm }

interface CreateDialogsProps {
  what: EntityName
  beginning?: Beginning | undefined
  close: () => void
}
/** The small window in which something new is written down; what was typed stays until it is saved. */
export function CreateDialogs({ what, beginning, close }: CreateDialogsProps) {
  const t = useT()
  const labels = useLabels(what)
  const [, navigate] = useLocation()
  const [about] = useState(currentRecord)
  function saved(record: AnyRecord, name: string) {
    close()
    if (beginning?.onSaved) return beginning.onSaved(record, name)
    const path = recordPath(what, record.id)
    toast({
      text: t("record.created", { name }),
      ...(path && { action: { label: t("action.open"), run: () => navigate(path) } }),
    })
  }
  function open(id: string) {
    close()
    navigate(`/${what}/${id}`)
  }
  const begin = beginning?.values
  const form = { begin, onSaved: saved, onOpen: open, onCancel: close }
  const Compose = what in composeForms ? composeForms[what as keyof typeof composeForms] : undefined
  const Own = ownForms[what]
  return (
    <Dialog opened onClose={close} title={labels.new} width={560}>
      {Own && <Own {...form} />}
      {!Own && !Compose && <EntityForm entity={what} {...form} />}
      {Compose && (
        <Compose
          begin={{ ...(about && { about: [about] }), ...begin }}
          draftKey={draftName(about ? `new.${about.id}` : "new", begin)}
          autoFocus
          onSaved={(record) => saved(record, String(record.title ?? labels.one))}
          onCancel={close}
        />
      )}
    </Dialog>
  )
}
