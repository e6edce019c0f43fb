import type { RecordReference } from "@regulars/contract/kernel/fields.ts"
import type { ReactNode } from "react"
import { aboutTargets } from "../../../lib/declarations.ts"
import { useT } from "../../../lib/i18n.tsx"
import { Button } from "../../../ui/button.tsx"
import { LinksInput } from "../../../ui/fields/link-input.tsx"
import { KeyHint } from "../../../ui/key-hint.tsx"
import { ErrorLine } from "../../../ui/states.tsx"
import { OwnInputs } from "../create/own-inputs.tsx"
import styles from "./compose.module.css"
import type { Composed } from "./use-compose.ts"
import { type ComposedValues, type OwnValues, onSaveKey } from "./use-compose-form.ts"

interface FrameProps {
  form: {
    entity: Composed
    values: ComposedValues
    change: (changes: { own: OwnValues }) => void
    /** Raised when the values were replaced from outside. */
    generation: number
    faultOf: (path: string) => string | undefined
    chosen: RecordReference[]
    choose: (chosen: RecordReference[]) => void
    busy: boolean
    error: unknown
    clear: () => void
  }
  props: { about?: readonly RecordReference[]; onCancel?: () => void }
  save: () => void
  /** The verb on the button. */
  action: string
  /** Whether there is anything to save yet. */
  ready: boolean
  children: ReactNode
}
/** What every form of the composer has around its fields: whom it is about, the error, saving and giving up. */
export function ComposeFrame({ form, props, save, action, ready, children }: FrameProps) {
  const t = useT()
  return (
    <form
      className={styles.form}
      noValidate
      onKeyDownCapture={onSaveKey(save)}
      onSubmit={(event) => {
        event.preventDefault()
        save()
      }}
    >
      {children}
      <OwnInputs
        key={form.generation}
        entity={form.entity}
        values={form.values.own ?? {}}
        onChange={(own) => form.change({ own })}
        faultOf={form.faultOf}
        all
      />
      {!props.about && (
        <div className={styles.labelled}>
          <span className={styles.label}>{t("field.notes.about")}</span>
          <LinksInput
            targets={aboutTargets(form.entity)}
            value={form.chosen}
            onChange={form.choose}
            ariaLabel={t("field.notes.about")}
          />
        </div>
      )}
      {form.error !== null && <ErrorLine error={form.error} />}
      <div className={styles.actions}>
        <Button kind="primary" type="submit" loading={form.busy} disabled={!ready}>
          {action}
        </Button>
        {props.onCancel && (
          <Button
            kind="subtle"
            onClick={() => {
              form.clear()
              props.onCancel?.()
            }}
          >
            {t("action.cancel")}
          </Button>
        )}
        <span className={styles.hint}>
          <KeyHint keys="mod+Enter" />
        </span>
      </div>
    </form>
  )
}
