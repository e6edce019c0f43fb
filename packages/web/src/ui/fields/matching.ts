import { fold } from "@regulars/contract/kernel/fold.ts"

interface Findable {
  value: string
  label: string
  description?: string
}

/** Options whose words begin with what was typed come before those that only contain it. */
export function matching<T extends Findable>(options: readonly T[], typed: string): readonly T[] {
  const wanted = fold(typed)
  if (wanted === "") return options
  const words = (option: T) => fold(`${option.label} ${option.description ?? ""} ${option.value}`)
  const rank = (option: T) => {
    const text = words(option)
    if (text.startsWith(wanted)) return 0
    return text.includes(` ${wanted}`) || text.includes(`/${wanted}`) ? 1 : 2
  }
  return options
    .filter((option) => words(option).includes(wanted))
    .map((option, index) => ({ option, index, rank: rank(option) }))
    .sort((one, other) => one.rank - other.rank || one.index - other.index)
    .map(({ option }) => option)
}
