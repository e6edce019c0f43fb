/** Rows of cells as spreadsheets put them on the clipboard. */
export function writeTsv(rows: readonly (readonly string[])[]): string {
  const cell = (text: string) => (/[\t\r\n"]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text)
  return rows.map((cells) => cells.map(cell).join("\t")).join("\n")
}

/** Cells from the clipboard; those in quotes may hold tabs and line breaks. Every row is as wide as the widest. */
export function readTsv(text: string): string[][] {
  const rows: string[][] = [[]]
  const cells = /(?:"((?:[^"]|"")*)"|([^\t\r\n]*))(\t|\r\n|\r|\n|$)/y
  const body = text.replace(/(\r\n|\r|\n)$/, "")
  while (cells.lastIndex <= body.length) {
    const match = cells.exec(body)
    // A quote in the middle of nowhere: taken as it stands.
    if (!match) return body.split(/\r\n|\r|\n/).map((line) => line.split("\t"))
    const [whole, quoted, plain = "", end] = match
    rows.at(-1)?.push(quoted === undefined ? plain : quoted.replaceAll('""', '"'))
    if (end === "") break
    if (end !== "\t") rows.push([])
    if (whole === "") break
  }
  const width = Math.max(...rows.map((row) => row.length))
  return rows.map((row) => [...row, ...Array<string>(width - row.length).fill("")])
}
