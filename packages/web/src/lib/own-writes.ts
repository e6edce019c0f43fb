interface Range {
  from: number
  to: number
}
/** Versions of a record between which nobody but this window wrote a field, by entity, record and field. */
export type OwnWrites = Map<string, Range>

const nameOf = (record: string, field: string) => `${record}.${field}`

/**
 * The version a change counts as made on: `version`, or a later one when all that happened to these fields since
 * was our own. Without it the second of two quick edits of a field would clash with the first.
 */
export function baseVersion(
  own: OwnWrites,
  record: string,
  fields: readonly string[],
  version: number,
): number {
  const bases = fields.map((field) => {
    const range = own.get(nameOf(record, field))
    return range && range.from <= version && version < range.to ? range.to : version
  })
  return bases.length > 0 ? Math.min(...bases) : version
}

/** Remembers that fields were written on `from` and stand as written in version `to`. */
export function rememberWrite(
  own: OwnWrites,
  record: string,
  fields: readonly string[],
  { from, to }: Range,
): void {
  for (const field of fields) {
    const name = nameOf(record, field)
    const before = own.get(name)
    const continues = before && before.from <= from && from <= before.to
    own.set(name, { from: continues ? before.from : from, to })
  }
}
