import { type CSSProperties, useState } from "react"
import { urlOf } from "../lib/api.ts"
import { initialsOf } from "../lib/format.ts"
import styles from "./avatar.module.css"
import { toneStyle } from "./chip.tsx"

interface AvatarProps {
  name: string
  /** Pixels. */
  size?: number
  /** Companies are square, people round. */
  square?: boolean
  /** Id of the file that shows whose it is. */
  photoId?: unknown
}
/** Picture or initials; decoration beside a name that is written out. */
export function Avatar({ name, size = 28, square, photoId }: AvatarProps) {
  const [broken, setBroken] = useState<string>()
  const photo = typeof photoId === "string" && photoId !== broken ? photoId : undefined
  return (
    <span
      className={square ? `${styles.avatar} ${styles.square}` : styles.avatar}
      style={{ ...toneStyle(name), "--size": `${size}px` } as CSSProperties}
      // Drawn by the style, so that initials are neither read out nor copied along with the name.
      data-initials={photo ? undefined : initialsOf(name)}
      aria-hidden="true"
    >
      {photo && (
        <img
          className={styles.image}
          src={urlOf("GET /files/:id", { id: photo }, { size: "small" })}
          alt=""
          loading="lazy"
          onError={() => setBroken(photo)}
        />
      )}
    </span>
  )
}
