import type { EntityName } from "@regulars/contract/entities.ts"
import { IconGripVertical, IconPencil, IconPlus, IconTrash } from "@tabler/icons-react"
import { useState } from "react"
import { allEntities } from "../../lib/declarations.ts"
import { useLabels, useT } from "../../lib/i18n.tsx"
import { lazyPart } from "../../lib/lazy-part.tsx"
import { useCan } from "../../lib/session.tsx"
import { textParam, useUrlState } from "../../lib/url-state.ts"
import { Button, IconButton } from "../../ui/button.tsx"
import { Chip } from "../../ui/chip.tsx"
import { RelativeTime } from "../../ui/display.tsx"
import { Later } from "../../ui/later.tsx"
import { MoveButtons } from "../../ui/move-buttons.tsx"
import { ListSkeleton } from "../../ui/skeleton.tsx"
import { ErrorState } from "../../ui/states.tsx"
import styles from "./fields-settings.module.css"
import { type OwnField, useFieldActions, useFieldsOf } from "./use-fields.ts"

const FieldDialog = lazyPart(() => import("./field-dialog.tsx"), "FieldDialog")

/** Entities with pages that show own fields: what is nothing but a name, as sources are, has none. */
const withFields = () => allEntities().filter(({ fields }) => Object.keys(fields).length > 1)
const codecs = { of: textParam() }

/** The workspace's own fields, one entity at a time. */
export function FieldsSettings() {
  const t = useT()
  const names = withFields().map(({ name }) => name as EntityName)
  const [{ of }, setState] = useUrlState(codecs)
  const entity = names.find((name) => name === of) ?? "people"
  return (
    <>
      <p className={styles.intro}>{t("settings.fields.text")}</p>
      <fieldset className={styles.entities} aria-label={t("settings.fields.of")}>
        {names.map((name) => (
          <EntityButton
            key={name}
            entity={name}
            chosen={name === entity}
            onChoose={() => setState({ of: name })}
          />
        ))}
      </fieldset>
      <FieldList key={entity} entity={entity} />
    </>
  )
}
function EntityButton({
  entity,
  chosen,
  onChoose,
}: {
  entity: EntityName
  chosen: boolean
  onChoose: () => void
}) {
  const labels = useLabels(entity)
  return (
    <button type="button" className={styles.entity} aria-pressed={chosen} onClick={onChoose}>
      {labels.other}
    </button>
  )
}

function FieldList({ entity }: { entity: EntityName }) {
  const t = useT()
  const labels = useLabels(entity)
  const mayChange = useCan("fields:update")
  const { fields, removed, error, refetch } = useFieldsOf(entity)
  const actions = useFieldActions()
  const [edited, setEdited] = useState<OwnField | "new" | null>(null)
  const [dragged, setDragged] = useState<number | null>(null)
  if (error && !fields) return <ErrorState error={error} retry={() => refetch()} />
  if (!fields) return <ListSkeleton rows={3} avatar={false} />
  return (
    <>
      {fields.length === 0 && (
        <p className={styles.note}>{t("settings.fields.empty", { entity: labels.other })}</p>
      )}
      {fields.length > 0 && (
        <ul className={styles.rows}>
          {fields.map((field, place) => (
            <FieldRow
              key={field.id}
              field={field}
              isFirst={place === 0}
              isLast={place === fields.length - 1}
              mayChange={mayChange}
              onEdit={() => setEdited(field)}
              onRemove={() => actions.remove(field)}
              onStep={(step) => actions.move(fields, place, place + step)}
              onDrag={() => setDragged(place)}
              onDrop={() => {
                if (dragged !== null) actions.move(fields, dragged, place)
                setDragged(null)
              }}
            />
          ))}
        </ul>
      )}
      {mayChange ? (
        <div className={styles.add}>
          <Button kind="primary" icon={IconPlus} onClick={() => setEdited("new")}>
            {t("settings.fields.add")}
          </Button>
        </div>
      ) : (
        <p className={styles.note}>{t("settings.workspace.readOnly")}</p>
      )}
      {mayChange && removed.length > 0 && <Removed fields={removed} onRestore={actions.restore} />}
      {edited && (
        <Later opened onClose={() => setEdited(null)}>
          <FieldDialog
            entity={entity}
            field={edited === "new" ? undefined : edited}
            onClose={() => setEdited(null)}
          />
        </Later>
      )}
    </>
  )
}

interface FieldRowProps {
  field: OwnField
  isFirst: boolean
  isLast: boolean
  mayChange: boolean
  onEdit: () => void
  onRemove: () => void
  onStep: (step: 1 | -1) => void
  onDrag: () => void
  onDrop: () => void
}
function FieldRow(props: FieldRowProps) {
  const { field, mayChange } = props
  const t = useT()
  const labels = useLabels(field.entity)
  const name = field.label
  return (
    <li
      className={styles.row}
      draggable={mayChange}
      onDragStart={props.onDrag}
      onDragOver={(event) => event.preventDefault()}
      onDrop={props.onDrop}
    >
      {mayChange && <IconGripVertical size={16} stroke={1.5} className={styles.grip} aria-hidden />}
      <div className={styles.words}>
        <div className={styles.name}>
          <strong>{name}</strong>
          {field.required !== "never" && (
            <Chip meaning="info">{t(`settings.fields.required.${field.required}`)}</Chip>
          )}
          {field.unique && <Chip>{t("settings.fields.unique")}</Chip>}
          {field.hidden && <Chip meaning="soon">{t("settings.fields.hidden")}</Chip>}
        </div>
        <div className={styles.sub}>
          {t(`settings.fields.type.${field.type}`)} · {labels.group(field.group)} ·{" "}
          <code>custom.{field.key}</code>
        </div>
      </div>
      {mayChange && (
        <span className={styles.actions}>
          <MoveButtons
            up={t("list.columns.up", { field: name })}
            down={t("list.columns.down", { field: name })}
            isFirst={props.isFirst}
            isLast={props.isLast}
            onMove={props.onStep}
          />
          <IconButton icon={IconPencil} label={t("action.editNamed", { name })} onClick={props.onEdit} />
          <IconButton icon={IconTrash} label={t("action.removeNamed", { name })} onClick={props.onRemove} />
        </span>
      )}
    </li>
  )
}

/** Fields that were removed, or changed to another type, within the last 30 days. */
function Removed({
  fields,
  onRestore,
}: {
  fields: readonly OwnField[]
  onRestore: (field: OwnField) => void
}) {
  const t = useT()
  return (
    <details className={styles.removed}>
      <summary>{t("settings.fields.bin", { count: fields.length })}</summary>
      <ul className={styles.rows}>
        {fields.map((field) => (
          <li key={field.id} className={styles.row}>
            <div className={styles.words}>
              <div className={styles.name}>{field.label}</div>
              <div className={styles.sub}>
                {t(`settings.fields.type.${field.type}`)} ·{" "}
                <RelativeTime at={field.deletedAt ?? field.updatedAt} />
              </div>
            </div>
            <Button aria-label={`${t("action.restore")}: ${field.label}`} onClick={() => onRestore(field)}>
              {t("action.restore")}
            </Button>
          </li>
        ))}
      </ul>
    </details>
  )
}
