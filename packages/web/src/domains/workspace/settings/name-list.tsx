import { TextInput } from "@mantine/core"
import { IconAddressBook, IconTrash } from "@tabler/icons-react"
import { type FormEvent, useId, useState } from "react"
import { isApiError } from "../../../lib/api-error.ts"
import { useLabels, useT } from "../../../lib/i18n.tsx"
import { type AnyRecord, useCreateRecord, useDeleteRecord, useList } from "../../../lib/records.ts"
import { useCan } from "../../../lib/session.tsx"
import { Button, IconButton } from "../../../ui/button.tsx"
import { Dialog } from "../../../ui/dialog.tsx"
import { ListSkeleton } from "../../../ui/skeleton.tsx"
import { ErrorLine } from "../../../ui/states.tsx"
import { toast, useErrorToast } from "../../../ui/toast.tsx"
import { FieldGroups } from "../../records/field-groups.tsx"
import { usePatchWithUndo } from "../../records/use-patch-with-undo.ts"
import { SavedInput } from "./saved-input.tsx"
import styles from "./settings.module.css"

type Named = "sources" | "locations"
const params = { sort: ["name"], limit: 200 }

/** A short list of records that are little more than a name: added, renamed in place, moved to the bin. */
export function NameList({ entity }: { entity: Named }) {
  const labels = useLabels(entity)
  const headingId = useId()
  const mayCreate = useCan(`${entity}:create`)
  return (
    <section className={styles.section} aria-labelledby={headingId}>
      <h2 id={headingId}>{labels.other}</h2>
      <NamePage entity={entity} />
      {mayCreate && <AddName entity={entity} />}
    </section>
  )
}

/** The names behind `cursor`, from the first without one; further ones follow when asked for. */
function NamePage({ entity, cursor }: { entity: Named; cursor?: string }) {
  const t = useT()
  const [more, setMore] = useState(false)
  const { data, error, refetch } = useList(entity, { ...params, cursor })
  const next = data?.page.next
  return (
    <>
      {error && !data && <ErrorLine error={error} retry={() => refetch()} />}
      {!data && !error && <ListSkeleton rows={3} avatar={false} />}
      {data?.data.length === 0 && !cursor && (
        <p className={styles.note}>{t(`settings.lists.empty.${entity}`)}</p>
      )}
      {data && data.data.length > 0 && (
        <ul className={styles.rows}>
          {data.data.map((record) => (
            <NameRow key={record.id} entity={entity} record={record as unknown as AnyRecord} />
          ))}
        </ul>
      )}
      {next && !more && (
        <Button kind="subtle" onClick={() => setMore(true)}>
          {t("settings.lists.more")}
        </Button>
      )}
      {next && more && <NamePage key={next} entity={entity} cursor={next} />}
    </>
  )
}

function NameRow({ entity, record }: { entity: Named; record: AnyRecord }) {
  const t = useT()
  const labels = useLabels(entity)
  const showError = useErrorToast()
  const mayUpdate = useCan(`${entity}:update`)
  const mayDelete = useCan(`${entity}:delete`)
  const save = usePatchWithUndo(entity)
  const { remove, restore } = useDeleteRecord(entity)
  const [opened, setOpened] = useState(false)
  const name = String(record.name)
  function rename(next: string) {
    const text = t("list.cell.changed", { name: next, field: labels.field("name") })
    save({ id: record.id, changes: { name: next }, before: { name } }, text).catch(showError)
  }
  function toBin() {
    remove.mutateAsync(record.id).then(
      () =>
        toast({
          text: t("record.deleted", { name }),
          undo: () => restore.mutateAsync(record.id).catch(showError),
        }),
      showError,
    )
  }
  return (
    <li className={styles.row}>
      <div className={styles.words}>
        {mayUpdate ? (
          <SavedInput label={t("settings.lists.nameOf", { name })} hideLabel value={name} onSave={rename} />
        ) : (
          name
        )}
      </div>
      {entity === "locations" && (
        <IconButton
          icon={IconAddressBook}
          label={t("settings.lists.details", { name })}
          onClick={() => setOpened(true)}
        />
      )}
      {mayDelete && (
        <IconButton icon={IconTrash} label={t("settings.lists.delete", { name })} onClick={toBin} />
      )}
      <Dialog opened={opened} onClose={() => setOpened(false)} title={name}>
        <FieldGroups entity={entity} record={record} leaveOut={["name"]} />
      </Dialog>
    </li>
  )
}

function AddName({ entity }: { entity: Named }) {
  const t = useT()
  const labels = useLabels(entity)
  const create = useCreateRecord(entity)
  const [name, setName] = useState("")
  const isTaken = isApiError(create.error, "duplicate_suspected")
  function add(event: FormEvent) {
    event.preventDefault()
    const wanted = name.trim()
    if (wanted === "") return
    create.mutate({ values: { name: wanted } }, { onSuccess: () => setName("") })
  }
  return (
    <>
      <form className={styles.add} onSubmit={add}>
        <TextInput
          aria-label={labels.new}
          placeholder={labels.new}
          maxLength={120}
          value={name}
          error={isTaken && t("settings.lists.taken")}
          onChange={(event) => {
            setName(event.currentTarget.value)
            create.reset()
          }}
        />
        <Button type="submit" loading={create.isPending} disabled={name.trim() === ""}>
          {t("action.add")}
        </Button>
      </form>
      {create.error && !isTaken && <ErrorLine error={create.error} />}
    </>
  )
}
