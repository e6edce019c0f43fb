import { isObjectName, type ObjectName } from "@regulars/contract/kernel/own-objects.ts"
import { useState } from "react"
import { useLocation } from "wouter"
import { useLabels, useT } from "../../../lib/i18n.tsx"
import type { AnyRecord } from "../../../lib/records.ts"
import { Dialog } from "../../../ui/dialog.tsx"
import { recordPath } from "../../../ui/fields/record-chip.tsx"
import { toast } from "../../../ui/toast.tsx"
import { ActivityForm } from "../compose/activity-form.tsx"
import { NoteForm } from "../compose/note-form.tsx"
import { TaskForm } from "../compose/task-form.tsx"
import { currentRecord } from "../record-page/current-record.ts"
import { CompanyForm } from "./company-form.tsx"
import { ObjectForm } from "./object-form.tsx"
import { PersonForm } from "./person-form.tsx"

export type Creatable = "people" | "companies" | "tasks" | "notes" | "activities" | ObjectName
const composeForms = { tasks: TaskForm, notes: NoteForm, activities: ActivityForm }

interface CreateDialogsProps {
  what: Creatable
  close: () => void
}
/** The small window in which something new is written down; what was typed stays until it is saved. */
export function CreateDialogs({ what, close }: CreateDialogsProps) {
  const t = useT()
  const labels = useLabels(what)
  const [, navigate] = useLocation()
  const [about] = useState(currentRecord)
  function saved(record: AnyRecord, name: string) {
    close()
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
  const Compose = what in composeForms ? composeForms[what as keyof typeof composeForms] : undefined
  return (
    <Dialog opened onClose={close} title={labels.new} width={560}>
      {what === "people" && <PersonForm onSaved={saved} onOpen={open} onCancel={close} />}
      {what === "companies" && <CompanyForm onSaved={saved} onOpen={open} onCancel={close} />}
      {isObjectName(what) && <ObjectForm entity={what} onSaved={saved} onOpen={open} onCancel={close} />}
      {Compose && (
        <Compose
          {...(about && { chosenFirst: about })}
          draftKey={about ? `new.${about.id}` : "new"}
          autoFocus
          onSaved={(record) => saved(record, String(record.title ?? labels.one))}
          onCancel={close}
        />
      )}
    </Dialog>
  )
}
