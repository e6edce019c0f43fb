import { IconFile, IconPaperclip, IconX } from "@tabler/icons-react"
import { useQuery } from "@tanstack/react-query"
import { type ChangeEvent, useRef, useState } from "react"
import { call, request, urlOf } from "../../lib/api.ts"
import { errorsByField } from "../../lib/api-error.ts"
import { formatBytes } from "../../lib/format.ts"
import { useFormats, useT } from "../../lib/i18n.tsx"
import { Button, IconButton } from "../button.tsx"
import { ErrorLine } from "../states.tsx"
import styles from "./fields.module.css"

/** Types of which the server makes small pictures. */
const picture = /^image\/(png|jpeg|gif|webp|avif)$/

/** Name and size of an uploaded file, as a link that downloads it. */
export function FileLink({ id }: { id: string }) {
  const t = useT()
  const formats = useFormats()
  const { data } = useQuery({
    queryKey: ["files", "one", id],
    queryFn: async ({ signal }) => (await call("GET /files/:id/about", { params: { id }, signal })).data,
    staleTime: Number.POSITIVE_INFINITY,
  })
  return (
    <a
      className={styles.fileLine}
      href={urlOf("GET /files/:id", { id })}
      download
      aria-label={data && t("input.file.download", { name: data.name })}
    >
      {data && picture.test(data.mediaType) ? (
        <Thumbnail id={id} />
      ) : (
        <IconFile size={16} stroke={1.5} aria-hidden="true" />
      )}
      <span className={styles.oneLine}>{data?.name ?? "…"}</span>
      {data && <span className={styles.more}>{formatBytes(data.size, formats)}</span>}
    </a>
  )
}

/** A picture in small; the sign of a file where there is none. */
function Thumbnail({ id }: { id: string }) {
  const [broken, setBroken] = useState(false)
  if (broken) return <IconFile size={16} stroke={1.5} aria-hidden="true" />
  return (
    <img
      className={styles.thumbnail}
      src={urlOf("GET /files/:id", { id }, { size: "small" })}
      alt=""
      loading="lazy"
      onError={() => setBroken(true)}
    />
  )
}

interface FilesInputProps {
  value: readonly string[]
  onChange: (value: string[]) => void
  ariaLabel: string
  max?: number
}
/** Uploads files as they are chosen; the value is the list of their ids. */
export function FilesInput({ value, onChange, ariaLabel, max = 20 }: FilesInputProps) {
  const t = useT()
  const input = useRef<HTMLInputElement>(null)
  const [uploading, setUploading] = useState<string | null>(null)
  const [error, setError] = useState<unknown>(null)
  async function upload(event: ChangeEvent<HTMLInputElement>) {
    const chosen = [...(event.currentTarget.files ?? [])].slice(0, max - value.length)
    event.currentTarget.value = ""
    setError(null)
    const ids = [...value]
    try {
      for (const file of chosen) {
        setUploading(file.name)
        const body = new FormData()
        body.set("file", file)
        const answer = (await request("POST /files", { body })) as { data: { id: string } }
        ids.push(answer.data.id)
        onChange([...ids])
      }
    } catch (problem) {
      setError(problem)
    } finally {
      setUploading(null)
    }
  }
  return (
    <div className={styles.files}>
      {value.map((id) => (
        <span key={id} className={styles.fileLine}>
          <FileLink id={id} />
          <IconButton
            icon={IconX}
            size={24}
            label={t("action.remove")}
            onClick={() => onChange(value.filter((other) => other !== id))}
          />
        </span>
      ))}
      <input
        ref={input}
        type="file"
        multiple={max > 1}
        className={styles.hiddenFile}
        tabIndex={-1}
        aria-hidden="true"
        onChange={upload}
      />
      {value.length < max && (
        <Button
          icon={IconPaperclip}
          loading={uploading !== null}
          aria-label={`${ariaLabel}: ${t("input.file.choose")}`}
          onClick={() => input.current?.click()}
        >
          {uploading ? t("input.file.uploading", { name: uploading }) : t("input.file.choose")}
        </Button>
      )}
      {error !== null && <UploadError error={error} />}
    </div>
  )
}

/** Says what is wrong with the file itself, where that is it. */
function UploadError({ error }: { error: unknown }) {
  const t = useT()
  const fault = errorsByField(error).file
  const text = fault && (t.find(`fieldError.${fault.code}`, { limit: fault.limit ?? 0 }) ?? fault.message)
  return <ErrorLine error={error} text={text} />
}
