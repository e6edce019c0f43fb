import { consentPurposes, contactChannels, people } from "@regulars/contract/domains/people.ts"
import { IconCheck, IconPlus, IconX } from "@tabler/icons-react"
import { useState } from "react"
import { useLabels, useT } from "../../../../lib/i18n.tsx"
import { type AnyRecord, usePatchRecord } from "../../../../lib/records.ts"
import { useCan } from "../../../../lib/session.tsx"
import { Button } from "../../../../ui/button.tsx"
import { RelativeTime } from "../../../../ui/display.tsx"
import { FieldInput } from "../../../../ui/fields/field-input.tsx"
import { useSubmit } from "../../../../ui/form.tsx"
import { ErrorLine } from "../../../../ui/states.tsx"
import { useErrorToast } from "../../../../ui/toast.tsx"
import { usePatchWithUndo } from "../../use-patch-with-undo.ts"
import { Panel, PanelEmpty } from "./panel.tsx"
import styles from "./panels.module.css"

interface Consent {
  id?: string
  purpose: string
  channel: string
  status: string
  source?: string | null
  basis?: string | null
  at?: string | null
}
const parts = people.fields.consents.item

/** "May we write?": what a person agreed to, and withdrawing it as easily as it was given. */
export function ConsentsPanel({ person, readOnly }: { person: AnyRecord; readOnly: boolean }) {
  const t = useT()
  const labels = useLabels("people")
  const { mutateAsync: patch } = usePatchRecord("people")
  const save = usePatchWithUndo("people")
  const showError = useErrorToast()
  const [adding, setAdding] = useState(false)
  const mayUpdate = useCan("people:update") && !readOnly
  const consents = (person.consents ?? []) as Consent[]
  const changeTo = (next: Consent[]) => ({
    id: person.id,
    version: person.version,
    changes: { consents: next },
  })
  function withdraw(consent: Consent) {
    const next = consents.map((other) =>
      other === consent ? { ...other, status: "withdrawn", at: new Date().toISOString() } : other,
    )
    save({ ...changeTo(next), before: { consents } }, t("record.consent.withdrawn")).catch(showError)
  }
  return (
    <Panel title={t("record.consents")} count={consents.filter(({ status }) => status === "given").length}>
      {consents.length === 0 && <PanelEmpty>{t("record.consents.none")}</PanelEmpty>}
      <ul className={styles.list}>
        {consents.map((consent) => (
          <li key={consent.id ?? `${consent.purpose}${consent.channel}`} className={styles.consent}>
            <Sign status={consent.status} />
            <span className={styles.words}>
              <span>
                {labels.choice("consents.purpose", consent.purpose)} ·{" "}
                {labels.choice("consents.channel", consent.channel)}
              </span>
              <span className={styles.job}>
                {labels.choice("consents.status", consent.status)}
                {consent.at && (
                  <>
                    {" "}
                    <RelativeTime at={consent.at} />
                  </>
                )}
                {consent.source && ` · ${consent.source}`}
              </span>
            </span>
            {mayUpdate && consent.status === "given" && (
              <Button kind="subtle" onClick={() => withdraw(consent)}>
                {t("record.consent.withdraw")}
              </Button>
            )}
          </li>
        ))}
      </ul>
      {mayUpdate &&
        (adding ? (
          <AddConsent
            add={(consent) =>
              patch(changeTo([...consents.filter((other) => !isSame(other, consent)), consent]))
            }
            close={() => setAdding(false)}
          />
        ) : (
          <Button kind="subtle" icon={IconPlus} onClick={() => setAdding(true)}>
            {t("record.consent.add")}
          </Button>
        ))}
    </Panel>
  )
}
/** One answer per purpose and channel: a new one takes the place of the old. */
function isSame(one: Consent, other: Consent): boolean {
  return one.purpose === other.purpose && one.channel === other.channel
}

function Sign({ status }: { status: string }) {
  const given = status === "given"
  const Mark = given ? IconCheck : IconX
  return (
    <span className={given ? styles.given : styles.refused} aria-hidden="true">
      <Mark size={16} stroke={2} />
    </span>
  )
}

function AddConsent({ add, close }: { add: (consent: Consent) => Promise<unknown>; close: () => void }) {
  const t = useT()
  const labels = useLabels("people")
  const [consent, setConsent] = useState<Consent>({
    purpose: consentPurposes[0],
    channel: contactChannels[0],
    status: "given",
    basis: "consent",
    source: null,
  })
  const state = useSubmit(async () => {
    await add({ ...consent, at: new Date().toISOString() })
    close()
  })
  return (
    <form onSubmit={state.submit} className={styles.form}>
      {(["purpose", "channel", "status", "source"] as const).map((part, index) => (
        <div key={part}>
          <span className={styles.label}>{labels.item("consents", part)}</span>
          <FieldInput
            entity="people"
            fieldKey={`consents.${part}`}
            field={{ ...parts[part], required: part !== "source" }}
            value={consent[part]}
            ariaLabel={labels.item("consents", part)}
            autoFocus={index === 0}
            onChange={(value) => setConsent({ ...consent, [part]: value })}
          />
        </div>
      ))}
      {state.error !== null && <ErrorLine error={state.error} />}
      <div className={styles.actions}>
        <Button kind="primary" type="submit" loading={state.busy}>
          {t("action.save")}
        </Button>
        <Button kind="subtle" onClick={close}>
          {t("action.cancel")}
        </Button>
      </div>
    </form>
  )
}
