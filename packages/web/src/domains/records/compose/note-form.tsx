import type { RichText } from "@regulars/contract/kernel/fields.ts"
import { useT } from "../../../lib/i18n.tsx"
import { lazyPart } from "../../../lib/lazy-part.tsx"
import { useMembers } from "../../../lib/names.ts"
import { FilesInput } from "../../../ui/fields/file-input.tsx"
import { Later } from "../../../ui/later.tsx"
import { Bone } from "../../../ui/skeleton.tsx"
import { ComposeFrame } from "./compose-frame.tsx"
import { type ComposedValues, type ComposeProps, useComposeForm } from "./use-compose-form.ts"

const RichTextInput = lazyPart(() => import("../../../ui/rich-text/rich-text-input.tsx"), "RichTextInput")

export interface NoteValues extends ComposedValues {
  body: RichText | null
  files: string[]
}
const empty: NoteValues = { body: null, files: [] }

/** Writes a note: formatted text with mentions of team members, and files. */
export function NoteForm(props: ComposeProps) {
  const t = useT()
  const form = useComposeForm("notes", empty, props)
  const { body, files } = form.values
  const save = () => {
    if (body || files.length > 0) form.save({ ...(body && { body }), files })
  }
  return (
    <ComposeFrame
      form={form}
      props={props}
      save={save}
      action={t("record.note.save")}
      ready={Boolean(body) || files.length > 0}
    >
      <NoteEditor
        key={form.generation}
        value={body}
        autoFocus={props.autoFocus}
        onChange={(next) => form.change({ body: next })}
      />
      <FilesInput
        value={files}
        onChange={(next) => form.change({ files: next })}
        ariaLabel={t("field.notes.files")}
      />
    </ComposeFrame>
  )
}

interface NoteEditorProps {
  value: RichText | null
  onChange: (value: RichText | null) => void
  autoFocus?: boolean
}
/** The editor of notes, fetched when it is first needed; "@" mentions members of the team. */
export function NoteEditor({ value, onChange, autoFocus }: NoteEditorProps) {
  const t = useT()
  const { data } = useMembers()
  const mentionables = (data ?? [])
    .filter(({ active }) => active)
    .map(({ id, name }) => ({ id, label: name }))
  return (
    <Later fallback={<Bone height={106} />}>
      <RichTextInput
        value={value}
        onChange={onChange}
        ariaLabel={t("field.notes.body")}
        placeholder={t("record.note.placeholder")}
        mentionables={mentionables}
        autoFocus={autoFocus}
      />
    </Later>
  )
}
