import type { CSSProperties } from "react"
import { initialsOf } from "../lib/format.ts"
import styles from "./avatar.module.css"
import { toneStyle } from "./chip.tsx"

interface AvatarProps {
  name: string
  /** Pixels. */
  size?: number
  /** Companies are square, people round. */
  square?: boolean
  imageUrl?: string
}
/** Picture or initials; decoration beside a name that is written out. */
export function Avatar({ name, size = 28, square, imageUrl }: AvatarProps) {
  return (
    <span
      className={square ? `${styles.avatar} ${styles.square}` : styles.avatar}
      style={{ ...toneStyle(name), "--size": `${size}px` } as CSSProperties}
      // Drawn by the style, so that initials are neither read out nor copied along with the name.
      data-initials={imageUrl ? undefined : initialsOf(name)}
      aria-hidden="true"
    >
      {imageUrl && <img className={styles.image} src={imageUrl} alt="" />}
    </span>
  )
}
