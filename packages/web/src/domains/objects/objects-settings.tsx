import { IconForms, IconPencil, IconPlus, IconTrash } from "@tabler/icons-react"
import { useState } from "react"
import { Link, useLocation } from "wouter"
import { useT } from "../../lib/i18n.tsx"
import { Button, IconButton } from "../../ui/button.tsx"
import { RelativeTime } from "../../ui/display.tsx"
import { MoveButtons } from "../../ui/move-buttons.tsx"
import { ListSkeleton } from "../../ui/skeleton.tsx"
import { ErrorState } from "../../ui/states.tsx"
import { ObjectDialog } from "./object-dialog.tsx"
import { ObjectMark } from "./object-mark.tsx"
import styles from "./objects-settings.module.css"
import { type ObjectType, useAllObjectTypes, useObjectActions } from "./use-object-types.ts"

/** The workspace's own objects: what there is besides people and companies. */
export function ObjectsSettings() {
  const t = useT()
  const { types, removed, error, refetch } = useAllObjectTypes()
  const actions = useObjectActions()
  const [edited, setEdited] = useState<ObjectType | "new" | null>(null)
  if (error && !types) return <ErrorState error={error} retry={() => refetch()} />
  if (!types) return <ListSkeleton rows={3} avatar={false} />
  const swap = (place: number, step: 1 | -1) => {
    const [type, other] = [types[place], types[place + step]]
    if (type && other) actions.swap(type, other)
  }
  return (
    <>
      <p className={styles.intro}>{t("settings.objects.text")}</p>
      {types.length === 0 && <p className={styles.note}>{t("settings.objects.empty")}</p>}
      {types.length > 0 && (
        <ul className={styles.rows}>
          {types.map((type, place) => (
            <ObjectRow
              key={type.id}
              type={type}
              isFirst={place === 0}
              isLast={place === types.length - 1}
              onEdit={() => setEdited(type)}
              onRemove={() => actions.remove(type)}
              onStep={(step) => swap(place, step)}
            />
          ))}
        </ul>
      )}
      <div className={styles.add}>
        <Button kind="primary" icon={IconPlus} onClick={() => setEdited("new")}>
          {t("settings.objects.add")}
        </Button>
      </div>
      {removed.length > 0 && (
        <details className={styles.removed}>
          <summary>{t("settings.objects.bin", { count: removed.length })}</summary>
          <ul className={styles.rows}>
            {removed.map((type) => (
              <li key={type.id} className={styles.row}>
                <span className={styles.words}>
                  {type.many} · <RelativeTime at={type.deletedAt ?? type.updatedAt} />
                </span>
                <Button
                  aria-label={`${t("action.restore")}: ${type.many}`}
                  onClick={() => actions.restore(type)}
                >
                  {t("action.restore")}
                </Button>
              </li>
            ))}
          </ul>
        </details>
      )}
      {edited && (
        <ObjectDialog type={edited === "new" ? undefined : edited} onClose={() => setEdited(null)} />
      )}
    </>
  )
}

interface ObjectRowProps {
  type: ObjectType
  isFirst: boolean
  isLast: boolean
  onEdit: () => void
  onRemove: () => void
  onStep: (step: 1 | -1) => void
}
function ObjectRow({ type, isFirst, isLast, onEdit, onRemove, onStep }: ObjectRowProps) {
  const t = useT()
  const [, navigate] = useLocation()
  const name = type.many
  return (
    <li className={styles.row}>
      <ObjectMark name={type.icon} size={20} />
      <span className={styles.words}>
        <Link href={`/${type.entity}`} className={styles.name}>
          {name}
        </Link>
        <code>{type.entity}</code>
      </span>
      <span className={styles.actions}>
        <IconButton
          icon={IconForms}
          label={`${t("settings.objects.fields")}: ${name}`}
          onClick={() => navigate(`/settings/fields?of=${encodeURIComponent(type.entity)}`)}
        />
        <MoveButtons
          up={t("list.columns.up", { field: name })}
          down={t("list.columns.down", { field: name })}
          isFirst={isFirst}
          isLast={isLast}
          onMove={onStep}
        />
        <IconButton icon={IconPencil} label={t("action.editNamed", { name })} onClick={onEdit} />
        <IconButton icon={IconTrash} label={t("action.removeNamed", { name })} onClick={onRemove} />
      </span>
    </li>
  )
}
