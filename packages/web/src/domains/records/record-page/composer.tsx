import type { EntityName } from "@regulars/contract/entities.ts"
import type { RecordReference } from "@regulars/contract/kernel/fields.ts"
import { useT } from "../../../lib/i18n.tsx"
import { useShortcut } from "../../../lib/shortcuts.ts"
import { ActivityForm } from "../compose/activity-form.tsx"
import { NoteForm } from "../compose/note-form.tsx"
import { TaskForm } from "../compose/task-form.tsx"
import { useMayCompose } from "../compose/use-may-compose.ts"
import styles from "./composer.module.css"
import { Tabs } from "./tabs.tsx"
import { type ComposerState, type ComposerTab, composerTabs, entityOfTab } from "./use-composer.ts"

const forms = { note: NoteForm, task: TaskForm, activity: ActivityForm }

interface ComposerProps {
  composer: ComposerState
  entity: EntityName
  about: RecordReference
}
/** Writes a note, plans a task or logs an activity about the record of the page. Hidden from whoever may not. */
export function Composer({ composer, entity, about }: ComposerProps) {
  const t = useT()
  const mayCompose = useMayCompose(entity)
  const tabs = composerTabs.filter((tab) => mayCompose(entityOfTab[tab]))
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
