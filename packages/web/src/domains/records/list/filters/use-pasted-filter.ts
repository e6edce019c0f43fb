import type { EntityName } from "@regulars/contract/entities.ts"
import type { Filter } from "@regulars/contract/kernel/filter.ts"
import { entityLabel } from "@regulars/locales/labels.ts"
import { useState } from "react"
import { isApiError } from "../../../../lib/api-error.ts"
import { namedEntity } from "../../../../lib/declarations.ts"
import { useFormats, useLabels, useT } from "../../../../lib/i18n.tsx"
import { declarationOf, fetchList } from "../../../../lib/records.ts"
import { useErrorText } from "../../../../ui/states.tsx"
import { toast } from "../../../../ui/toast.tsx"
import { filterInText, type Narrowed } from "./filter-text.ts"
import { groupOf, isGroup, joinOf, partsOf, tidy, withoutBroken } from "./model.ts"
import { filterText } from "./sentence.ts"
import { useFilterWords } from "./use-filter-words.ts"

/**
 * Reads a pasted text and hands over the filter in it, without what this member can't use, which is named. Where
 * there is none, `problem` says why, and nothing has changed.
 */
export function usePastedFilter(entity: EntityName, onRead: (narrowed: Narrowed) => void) {
  const t = useT()
  const formats = useFormats()
  const labels = useLabels(entity)
  const declaration = declarationOf(entity)
  const words = useFilterWords(null, declaration)
  const errorText = useErrorText()
  const [problem, setProblem] = useState("")
  const [busy, setBusy] = useState(false)
  const named = (parts: readonly Filter[]) =>
    formats.list(
      parts.map((part) => filterText(part, declaration, words)),
      "conjunction",
    )

  async function take(text: string): Promise<string> {
    const found = filterInText(text, entity)
    if (!found) return t("filter.paste.none")
    if ("elsewhere" in found)
      return t("filter.paste.elsewhere", {
        entity: entityLabel(t, namedEntity(found.elsewhere)),
        here: labels.other,
      })
    const { works, left } = await usable(entity, found.f)
    if (!works && found.q === "") return t("filter.paste.unusable", { conditions: named(left) })
    onRead({ f: works, q: found.q })
    if (left.length > 0) toast({ text: t("filter.paste.left", { conditions: named(left) }), bad: true })
    return ""
  }
  async function read(text: string): Promise<void> {
    setBusy(true)
    try {
      setProblem(await take(text))
    } catch (error) {
      const { what, next } = errorText(error)
      setProblem(`${what} ${next}`)
    } finally {
      setBusy(false)
    }
  }
  return { read, problem, busy, forget: () => setProblem("") }
}

/**
 * The filter without the conditions the server refuses from this member, and those. Throws what has nothing to do
 * with the filter, such as a lost connection.
 */
async function usable(
  entity: EntityName,
  filter: Filter | null,
): Promise<{ works: Filter | null; left: Filter[] }> {
  if (!filter || (await isTaken(entity, filter))) return { works: filter && tidy(filter), left: [] }
  if (!isGroup(filter)) return { works: null, left: [filter] }
  const works: Filter[] = []
  const left: Filter[] = []
  for (const part of partsOf(filter)) {
    const inner = await usable(entity, part)
    if (inner.works) works.push(inner.works)
    left.push(...inner.left)
  }
  const rest = tidy(groupOf(joinOf(filter), works))
  // Parts that are taken one by one may be too much together.
  const isWhole = left.length === 0 || (rest !== null && !(await isTaken(entity, rest)))
  return isWhole ? { works: null, left: [filter] } : { works: rest, left }
}
async function isTaken(entity: EntityName, filter: Filter): Promise<boolean> {
  const declaration = declarationOf(entity)
  if (withoutBroken(filter, declaration).broken.length > 0) return false
  const fields = [declaration.title]
  try {
    await fetchList(entity, { filter, limit: 1, fields })
    return true
  } catch (error) {
    if (isApiError(error, "validation_failed") || isApiError(error, "forbidden")) return false
    throw error
  }
}
