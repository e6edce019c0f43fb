import { useState } from "react"
import { useLabels } from "../../lib/i18n.tsx"
import { EditableField } from "../../ui/fields/editable-field.tsx"
import { FieldInput } from "../../ui/fields/field-input.tsx"
import { FieldView } from "../../ui/fields/field-view.tsx"
import styles from "./kit.module.css"
import { samples } from "./kit-data.ts"
import { Section } from "./kit-section.tsx"

type Sample = (typeof samples)[number]

/** Every declared type: as a cell, as an input, and editable in place. */
export function KitFields() {
  return (
    <>
      <Section title="Fields in cells">
        <div className={styles.grid}>
          {samples.map((sample) => (
            <div key={sample.key} style={{ minWidth: 0 }}>
              <div className={styles.label}>
                {sample.field.type} · {sample.key}
              </div>
              <FieldView
                entity={sample.entity}
                fieldKey={sample.key}
                field={sample.field}
                value={sample.value}
                compact
              />
            </div>
          ))}
        </div>
      </Section>
      <Section title="Fields editable in place">
        <div className={styles.grid} data-editable-group="">
          {samples.map((sample) => (
            <Editable key={sample.key} sample={sample} />
          ))}
        </div>
      </Section>
      <Section title="Inputs">
        <div className={styles.grid}>
          {samples.map((sample) => (
            <Input key={sample.key} sample={sample} />
          ))}
        </div>
      </Section>
    </>
  )
}

function Editable({ sample }: { sample: Sample }) {
  const labels = useLabels(sample.entity)
  const [value, setValue] = useState(sample.value)
  return (
    <EditableField
      entity={sample.entity}
      fieldKey={sample.key}
      field={sample.field}
      value={value}
      label={labels.field(sample.key)}
      onSave={async (next) => setValue(next)}
    />
  )
}
function Input({ sample }: { sample: Sample }) {
  const labels = useLabels(sample.entity)
  const [value, setValue] = useState(sample.value)
  const [problem, setProblem] = useState<string>()
  return (
    <div>
      <div className={styles.label}>{labels.field(sample.key)}</div>
      <FieldInput
        entity={sample.entity}
        fieldKey={sample.key}
        field={sample.field}
        value={value}
        ariaLabel={labels.field(sample.key)}
        problem={problem}
        onChange={(next, fault) => {
          setValue(next)
          setProblem(fault)
        }}
      />
    </div>
  )
}
