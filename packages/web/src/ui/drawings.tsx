import type { ReactNode } from "react"

/** Line drawings for empty pages; pure decoration, hidden from screen readers. */
export type DrawingName = "people" | "tasks" | "inbox" | "search" | "file" | "lock" | "broken" | "key" | "bin"

const lines: Record<DrawingName, ReactNode> = {
  people: (
    <>
      <circle cx="44" cy="30" r="12" />
      <path d="M20 74a24 24 0 0 1 48 0" />
      <circle cx="80" cy="36" r="9" />
      <path d="M74 55a18 18 0 0 1 26 19" />
    </>
  ),
  tasks: (
    <>
      <rect x="26" y="14" width="68" height="62" rx="6" />
      <path d="m38 32 5 5 9-10M38 54l5 5 9-10M62 32h20M62 54h20" />
    </>
  ),
  inbox: (
    <>
      <path d="M22 50 34 20h52l12 30v22a4 4 0 0 1-4 4H26a4 4 0 0 1-4-4z" />
      <path d="M22 50h22a16 16 0 0 0 32 0h22" />
    </>
  ),
  search: (
    <>
      <circle cx="54" cy="40" r="22" />
      <path d="m70 56 20 20M46 40h16" />
    </>
  ),
  file: (
    <>
      <path d="M36 12h32l18 18v46a4 4 0 0 1-4 4H36a4 4 0 0 1-4-4V16a4 4 0 0 1 4-4z" />
      <path d="M68 12v18h18M44 46h30M44 60h30" />
    </>
  ),
  lock: (
    <>
      <rect x="34" y="40" width="52" height="36" rx="6" />
      <path d="M44 40V30a16 16 0 0 1 32 0v10M60 54v8" />
    </>
  ),
  broken: (
    <>
      <path d="M26 20h68a4 4 0 0 1 4 4v44a4 4 0 0 1-4 4H66l-6-10 8-10-12-8 6-10-6-14z" />
      <path d="M50 20H26a4 4 0 0 0-4 4v44a4 4 0 0 0 4 4h28l-4-10" />
    </>
  ),
  key: (
    <>
      <circle cx="44" cy="46" r="18" />
      <path d="M62 46h38v14M84 46v10" />
    </>
  ),
  bin: (
    <>
      <path d="M30 26h60M48 26v-8h24v8M36 26l4 50a4 4 0 0 0 4 4h32a4 4 0 0 0 4-4l4-50M52 40v26M68 40v26" />
    </>
  ),
}

export function Drawing({ name }: { name: DrawingName }) {
  return (
    <svg
      width="120"
      height="90"
      viewBox="0 0 120 90"
      fill="none"
      stroke="currentColor"
      strokeWidth="2"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
    >
      {lines[name]}
    </svg>
  )
}
