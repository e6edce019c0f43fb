import type { Import } from "@regulars/contract/domains/transfer.endpoints.ts"
import { IconFileUpload } from "@tabler/icons-react"
import { useQueryClient } from "@tanstack/react-query"
import { type DragEvent, useRef, useState } from "react"
import { useLocation } from "wouter"
import { request } from "../../lib/api.ts"
import { isApiError } from "../../lib/api-error.ts"
import { useT } from "../../lib/i18n.tsx"
import { Button } from "../../ui/button.tsx"
import { ProgressBar } from "../../ui/progress-bar.tsx"
import { ErrorLine } from "../../ui/states.tsx"
import styles from "./import.module.css"
import { importKeys } from "./use-imports.ts"

/** Takes a file by drop or choice, has it recognised and goes on to its mapping. */
export function UploadArea() {
  const t = useT()
  const client = useQueryClient()
  const [, navigate] = useLocation()
  const input = useRef<HTMLInputElement>(null)
  const [over, setOver] = useState(false)
  const [name, setName] = useState<string | null>(null)
  const [error, setError] = useState<unknown>(null)

  async function upload(file: File | undefined) {
    if (!file || name) return
    setName(file.name)
    setError(null)
    const body = new FormData()
    body.set("file", file)
    try {
      const { data } = (await request("POST /imports", { body })) as { data: Import }
      client.setQueryData(importKeys.one(data.id), data)
      client.invalidateQueries({ queryKey: importKeys.list })
      navigate(`/import/${data.id}`)
    } catch (problem) {
      setError(problem)
    } finally {
      setName(null)
    }
  }
  function onDrop(event: DragEvent) {
    event.preventDefault()
    setOver(false)
    upload(event.dataTransfer.files[0])
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dropping is an extra; the button does the same
    <div
      className={over ? `${styles.drop} ${styles.over}` : styles.drop}
      onDragOver={(event) => {
        event.preventDefault()
        setOver(true)
      }}
      onDragLeave={() => setOver(false)}
      onDrop={onDrop}
    >
      <input
        ref={input}
        type="file"
        hidden
        accept=".csv,.tsv,.txt,.xlsx,.vcf,.vcard,text/csv,text/vcard"
        aria-label={t("import.choose")}
        onChange={(event) => {
          upload(event.currentTarget.files?.[0])
          event.currentTarget.value = ""
        }}
      />
      {name ? (
        <div className={styles.reading}>
          <ProgressBar label={t("import.reading", { name })} done={0} total={null} />
        </div>
      ) : (
        <>
          <IconFileUpload size={32} stroke={1.25} aria-hidden="true" />
          <h2>{t("import.drop.title")}</h2>
          <p className={styles.faint}>{t("import.drop.text")}</p>
          <Button kind="primary" onClick={() => input.current?.click()}>
            {t("import.choose")}
          </Button>
        </>
      )}
      {error !== null && <UploadError error={error} />}
    </div>
  )
}
/** What kind of file this is and what to do about it, as far as the server knows. */
function UploadError({ error }: { error: unknown }) {
  const t = useT()
  const reason = isApiError(error) ? error.details.reason : undefined
  const text = typeof reason === "string" ? t.find(`import.wrong.${reason}`) : undefined
  if (!text) return <ErrorLine error={error} />
  return (
    <p role="alert" className={styles.fault}>
      {text}
    </p>
  )
}
