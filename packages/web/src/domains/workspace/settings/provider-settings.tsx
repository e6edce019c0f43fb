import { TextInput } from "@mantine/core"
import type { Api } from "@regulars/contract/endpoints.ts"
import { useQuery, useQueryClient } from "@tanstack/react-query"
import { useState } from "react"
import { call } from "../../../lib/api.ts"
import { useT } from "../../../lib/i18n.tsx"
import { Button } from "../../../ui/button.tsx"
import { CopyOnClick } from "../../../ui/copy-on-click.tsx"
import { ConfirmDialog } from "../../../ui/dialog.tsx"
import { Form, useSubmit } from "../../../ui/form.tsx"
import { PasswordField } from "../../../ui/password-field.tsx"
import { ListSkeleton } from "../../../ui/skeleton.tsx"
import { ErrorState } from "../../../ui/states.tsx"
import { toast } from "../../../ui/toast.tsx"
import styles from "./settings.module.css"

type Answer = Api["GET /sign-in-provider"]["response"]
const key = ["sign-in-provider"]

/** The provider by which members can sign in: set, changed and removed by the owner. */
export function ProviderSettings() {
  const t = useT()
  const { data, error, refetch } = useQuery({
    queryKey: key,
    queryFn: ({ signal }) => call("GET /sign-in-provider", { signal }),
  })
  if (error && !data) return <ErrorState error={error} retry={() => refetch()} />
  if (!data) return <ListSkeleton rows={3} avatar={false} />
  return (
    <section className={styles.section}>
      <h2>{t("settings.provider")}</h2>
      <p>{t("settings.provider.text")}</p>
      <Address text={data.addresses.callback} />
      <ProviderForm key={data.data?.id} answer={data} />
      {data.data && <Removal name={data.data.name} />}
      {data.addresses.start && (
        <>
          <p>{t("settings.provider.start")}</p>
          <Address text={data.addresses.start} />
        </>
      )}
    </section>
  )
}
function Address({ text }: { text: string }) {
  return (
    <div className={styles.code}>
      <CopyOnClick text={text} />
    </div>
  )
}

function ProviderForm({ answer: { data } }: { answer: Answer }) {
  const t = useT()
  const client = useQueryClient()
  const [name, setName] = useState(data?.name ?? "")
  const [issuer, setIssuer] = useState(data?.issuer ?? "")
  const [clientId, setClientId] = useState(data?.clientId ?? "")
  const [secret, setSecret] = useState("")
  const form = useSubmit(async () => {
    const body = { name, issuer, clientId, ...(secret !== "" && { clientSecret: secret }) }
    client.setQueryData(key, await call("PUT /sign-in-provider", { body }))
    setSecret("")
    toast({ text: t("settings.provider.saved", { name }) })
  })
  return (
    <Form
      state={form}
      actions={
        <Button kind="primary" type="submit" loading={form.busy}>
          {t("settings.provider.save")}
        </Button>
      }
    >
      <TextInput
        label={t("settings.provider.name")}
        placeholder={t("settings.provider.name.example")}
        maxLength={60}
        value={name}
        error={form.faultOf("name")}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <TextInput
        label={t("settings.provider.issuer")}
        placeholder="https://accounts.google.com"
        inputMode="url"
        autoCapitalize="none"
        value={issuer}
        error={form.faultOf("issuer")}
        onChange={(event) => setIssuer(event.currentTarget.value)}
      />
      <TextInput
        label={t("settings.provider.clientId")}
        autoCapitalize="none"
        spellCheck={false}
        value={clientId}
        error={form.faultOf("clientId")}
        onChange={(event) => setClientId(event.currentTarget.value)}
      />
      <PasswordField
        label={t("settings.provider.secret")}
        description={data ? t("settings.provider.secret.kept") : undefined}
        autoComplete="off"
        value={secret}
        error={form.faultOf("clientSecret")}
        onChange={(event) => setSecret(event.currentTarget.value)}
      />
    </Form>
  )
}

function Removal({ name }: { name: string }) {
  const t = useT()
  const client = useQueryClient()
  const [asking, setAsking] = useState(false)
  const remove = async () => {
    await call("DELETE /sign-in-provider")
    toast({ text: t("settings.provider.removed", { name }) })
    client.invalidateQueries({ queryKey: key })
  }
  return (
    <div>
      <Button onClick={() => setAsking(true)}>{t("settings.provider.remove")}</Button>
      <ConfirmDialog
        opened={asking}
        onClose={() => setAsking(false)}
        title={t("settings.provider.remove.title", { name })}
        action={t("settings.provider.remove")}
        onConfirm={remove}
      >
        <p>{t("settings.provider.remove.text", { name })}</p>
      </ConfirmDialog>
    </div>
  )
}
