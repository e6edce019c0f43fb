import { type EntityName, isEntityName } from "@regulars/contract/entities.ts"
import type { EntityDeclaration } from "@regulars/contract/kernel/entity.ts"
import type { Filter } from "@regulars/contract/kernel/filter.ts"
import { useQueries } from "@tanstack/react-query"
import { useMemo } from "react"
import { titleOf } from "../../../../lib/format.ts"
import { useFormats, useT } from "../../../../lib/i18n.tsx"
import { titleFields, useMembers } from "../../../../lib/names.ts"
import { keys } from "../../../../lib/query.ts"
import { declarationOf, fetchList } from "../../../../lib/records.ts"
import { type FilterWords, linkedIn } from "./sentence.ts"

/** What reading a filter aloud needs, with the names of the records it speaks of. */
export function useFilterWords(filter: Filter | null, entity: EntityDeclaration): FilterWords {
  const t = useT()
  const formats = useFormats()
  const members = useMembers().data
  const linked = useMemo(() => linkedIn(filter, entity), [filter, entity])
  const names = useQueries({
    queries: linked.map(([target, id]) => ({
      queryKey: keys.name(target, id),
      queryFn: () => nameOf(target as EntityName, id),
      enabled: isEntityName(target),
      staleTime: 5 * 60_000,
    })),
    combine: (results) => results.map((result) => result.data),
  })
  return useMemo(() => {
    const known = new Map(linked.map(([target, id], index) => [`${target} ${id}`, names[index]]))
    return {
      t,
      formats,
      nameOf: (target, id) =>
        target === "members"
          ? members?.find((member) => member.id === id)?.name
          : (known.get(`${target} ${id}`) ?? undefined),
    }
  }, [t, formats, members, linked, names])
}
async function nameOf(entity: EntityName, id: string): Promise<string | null> {
  const { data } = await fetchList(entity, { only: [id], fields: titleFields(entity), limit: 1 })
  return data[0] ? titleOf(data[0], declarationOf(entity).title) : null
}
