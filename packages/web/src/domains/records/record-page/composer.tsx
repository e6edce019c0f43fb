import type { RecordReference } from "@regulars/contract/kernel/fields.ts"
import { useT } from "../../../lib/i18n.tsx"
import { useSession } from "../../../lib/session.tsx"
import { useShortcut } from "../../../lib/shortcuts.ts"
import { ActivityForm } from "../compose/activity-form.tsx"
import { NoteForm } from "../compose/note-form.tsx"
import { TaskForm } from "../compose/task-form.tsx"
import styles from "./composer.module.css"
import { Tabs } from "./tabs.tsx"
import { type ComposerState, type ComposerTab, composerTabs } from "./use-composer.ts"

const permissions: Record<ComposerTab, string> = {
  note: "notes:create",
  task: "tasks:create",
  activity: "activities:create",
}
const forms = { note: NoteForm, task: TaskForm, activity: ActivityForm }

/** Writes a note, plans a task or logs an activity about the record of the page. Hidden from whoever may not. */
export function Composer({ composer, about }: { composer: ComposerState; about: RecordReference }) {
  const t = useT()
  const { permissions: granted } = useSession()
  const tabs = composerTabs.filter((tab) => granted.includes(permissions[tab]))
  const keyFor = (tab: ComposerTab, keys: string) =>
    tabs.includes(tab)
      ? {
          keys,
          label: `record.compose.${tab}` as const,
          group: "page" as const,
          run: () => composer.open(tab),
        }
      : null
  useShortcut(keyFor("note", "n"))
  useShortcut(keyFor("task", "t"))
  useShortcut(keyFor("activity", "l"))
  const [first] = tabs
  if (!first) return null
  const active = tabs.includes(composer.tab) ? composer.tab : first
  const Form = forms[active]
  return (
    <section className={styles.composer} aria-label={t("record.compose")}>
      <Tabs
        label={t("record.compose")}
        tabs={tabs.map((key) => ({ key, label: t(`record.tab.${key}`) }))}
        active={active}
        onChange={composer.choose}
      >
        <div className={styles.body}>
          {composer.isOpen ? (
            <Form
              key={`${active}${composer.times}`}
              about={[about]}
              draftKey={composer.draftKey}
              autoFocus={composer.times > 0 || undefined}
              onCancel={composer.close}
            />
          ) : (
            <button type="button" className={styles.folded} onClick={() => composer.open(active)}>
              {t(`record.${active}.placeholder`)}
            </button>
          )}
        </div>
      </Tabs>
    </section>
  )
}
