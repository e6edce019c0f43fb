import { TextInput } from "@mantine/core"
import { useRef } from "react"
import { useDraft } from "../../lib/drafts.ts"
import { todayIn } from "../../lib/format.ts"
import { useFormats, useT } from "../../lib/i18n.tsx"
import { useSession } from "../../lib/session.tsx"
import { Button } from "../../ui/button.tsx"
import { useSubmit } from "../../ui/form.tsx"
import { ErrorLine } from "../../ui/states.tsx"
import { useCompose } from "../records/compose/use-compose.ts"
import { DueInput } from "./due-input.tsx"
import styles from "./tasks.module.css"

/** A line which adds one task after the other: type, Enter, type. */
export function QuickAdd() {
  const t = useT()
  const { member } = useSession()
  const compose = useCompose("tasks")
  const today = todayIn(useFormats().timeZone)
  const input = useRef<HTMLInputElement>(null)
  const [{ title, dueDate }, setDraft, clear] = useDraft("tasks.quickAdd", {
    title: "",
    dueDate: today as string | null,
  })
  const state = useSubmit(async () => {
    if (title.trim() === "") return
    await compose({ title: title.trim(), dueDate, assigneeId: member?.id ?? null, about: [] })
    clear()
    input.current?.focus()
  })
  return (
    <form className={styles.quickAdd} onSubmit={state.submit}>
      <TextInput
        ref={input}
        className={styles.quickTitle}
        aria-label={t("entity.tasks.new")}
        placeholder={t("tasks.quickAdd.example")}
        value={title}
        maxLength={500}
        autoComplete="off"
        onChange={(event) => setDraft({ title: event.currentTarget.value, dueDate })}
      />
      <DueInput value={dueDate} onChange={(day) => setDraft({ title, dueDate: day })} />
      <Button kind="primary" type="submit" loading={state.busy}>
        {t("action.add")}
      </Button>
      {state.error !== null && <ErrorLine error={state.error} />}
    </form>
  )
}
