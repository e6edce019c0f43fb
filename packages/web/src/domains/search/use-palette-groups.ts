import { useDebouncedValue } from "@mantine/hooks"
import type { SearchHit } from "@regulars/contract/domains/general.endpoints.ts"
import { type EntityName, isEntityName } from "@regulars/contract/entities.ts"
import { entityLabel } from "@regulars/locales/labels.ts"
import type { Translate } from "@regulars/locales/runtime.ts"
import { keepPreviousData, useQuery } from "@tanstack/react-query"
import { useMemo } from "react"
import { useLocation } from "wouter"
import { call } from "../../lib/api.ts"
import { type Icon, useCommands } from "../../lib/commands.ts"
import { allEntities, entityOfSubject, namedEntity } from "../../lib/declarations.ts"
import { useT } from "../../lib/i18n.tsx"
import { useSession } from "../../lib/session.tsx"
import { findCommands } from "./matches.ts"
import { readRecent } from "./recent.ts"

export interface PaletteEntry {
  id: string
  /** The text, with `[[` and `]]` around what was typed; a record that is only known by its id is named later. */
  label?: string
  record?: { entity: EntityName; id: string }
  sub?: string | null
  icon?: Icon | undefined
  keys?: string | undefined
  run: () => void
}
export interface PaletteGroup {
  heading: string
  entries: PaletteEntry[]
}
/** Kinds of records that have a page to go to, and tasks, which open in their list. */
const found = () => allEntities().flatMap(({ name, pages }) => (pages || name === "tasks" ? [name] : []))
/** Rest after a key stroke before the server is asked (milliseconds). */
const rest = 40
const mostCommands = 8

/** What the palette offers for what was typed: records, then pages and commands; the records seen last at first. */
export function usePaletteGroups(typed: string): {
  groups: PaletteGroup[]
  searching: boolean
  error: unknown
} {
  const t = useT()
  const [, navigate] = useLocation()
  const { workspace } = useSession()
  const commands = useCommands()
  const words = typed.trim()
  const [asked] = useDebouncedValue(words, rest)
  const search = useQuery({
    queryKey: ["search", asked],
    queryFn: async ({ signal }) => {
      const query = {
        q: asked.slice(0, 200),
        types: found().join(","),
        limit: 12,
      }
      return (await call("GET /search", { query: query as never, signal })).data as SearchHit[]
    },
    enabled: asked !== "",
    placeholderData: keepPreviousData,
    staleTime: 10_000,
    retry: false,
  })
  const recent = useMemo(() => readRecent(workspace?.id ?? ""), [workspace])
  const hits = words === "" ? [] : (search.data ?? [])
  const records: PaletteEntry[] =
    words === ""
      ? recent.map((record) => ({
          id: record.id,
          record,
          sub: entityLabel(t, namedEntity(record.entity), "one"),
          run: () => navigate(`/${record.entity}/${record.id}`),
        }))
      : hits.map((hit) => entryOf(hit, t, navigate))
  const groups: PaletteGroup[] = [
    { heading: t(words === "" ? "search.recent" : "search.records"), entries: records },
    {
      heading: t("search.commands"),
      entries: findCommands(commands, words)
        .slice(0, words === "" ? undefined : mostCommands)
        .map(({ id, label, icon, keys, group, run }) => ({ id, label, sub: group, icon, keys, run })),
    },
  ]
  return {
    groups: groups.filter(({ entries }) => entries.length > 0),
    searching: words !== "" && (asked !== words || search.isFetching),
    error: words === "" ? null : search.error,
  }
}

/** What is no person says what it is, where nothing else stands below its name. */
function entryOf(hit: SearchHit, t: Translate, navigate: (path: string) => void): PaletteEntry {
  const declared = entityOfSubject(hit.type)
  const entity = declared?.name ?? hit.type
  const kind = declared && !["people", "companies", "tasks"].includes(entity)
  return {
    id: hit.id,
    label: hit.highlight || hit.title,
    ...(isEntityName(entity) && { record: { entity, id: hit.id } }),
    sub: hit.subtitle ?? (kind ? entityLabel(t, declared, "one") : null),
    run: () => navigate(entity === "tasks" ? `/tasks?p=${hit.id}` : `/${entity}/${hit.id}`),
  }
}
