import { Checkbox, NativeSelect } from "@mantine/core"
import type { Import } from "@regulars/contract/domains/transfer.endpoints.ts"
import { entityLabel } from "@regulars/locales/labels.ts"
import { namedEntity } from "../../lib/declarations.ts"
import { useT } from "../../lib/i18n.tsx"
import styles from "./import.module.css"
import { importable } from "./targets.ts"
import type { ImportChange } from "./use-imports.ts"

const encodings = ["utf-8", "windows-1252", "iso-8859-15", "windows-1250", "utf-16le", "macintosh"]
/** Kinds of records an address card can be. */
const withCards = ["people", "companies"]
const delimiters = [",", ";", "\t", "|"]
/** What is there already stays choosable, whatever it is. */
const withCurrent = (choices: readonly string[], current: string | null) =>
  current === null || choices.some((choice) => choice.toLowerCase() === current.toLowerCase())
    ? choices
    : [current, ...choices]

/** How the file as a whole is read; recognised by the server, to be corrected where it was wrong. */
export function FileOptions({ one, change }: { one: Import; change: (body: ImportChange) => void }) {
  const t = useT()
  const signs: Record<string, string> = {
    ",": t("import.file.comma"),
    ";": t("import.file.semicolon"),
    "\t": t("import.file.tab"),
    "|": t("import.file.bar"),
  }
  return (
    <div className={styles.options}>
      <NativeSelect
        label={t("import.file.entity")}
        value={one.entity}
        onChange={(event) => change({ entity: event.currentTarget.value })}
        data={(one.format === "vcard" ? withCards : importable()).map((name) => ({
          value: name,
          label: entityLabel(t, namedEntity(name)),
        }))}
      />
      {one.sheets.length > 1 && (
        <NativeSelect
          label={t("import.file.sheet")}
          value={one.sheet ?? ""}
          onChange={(event) => change({ sheet: event.currentTarget.value })}
          data={one.sheets}
        />
      )}
      {one.format === "csv" && one.delimiter && (
        <NativeSelect
          label={t("import.file.delimiter")}
          value={one.delimiter}
          onChange={(event) => change({ delimiter: event.currentTarget.value })}
          data={withCurrent(delimiters, one.delimiter).map((sign) => ({
            value: sign,
            label: signs[sign] ?? sign,
          }))}
        />
      )}
      {one.format !== "xlsx" && one.encoding && (
        <NativeSelect
          label={t("import.file.encoding")}
          description={one.encodingIsGuess ? t("import.file.encodingGuess") : undefined}
          inputWrapperOrder={["label", "input", "description"]}
          value={withCurrent(encodings, one.encoding).find(
            (choice) => choice.toLowerCase() === one.encoding?.toLowerCase(),
          )}
          onChange={(event) => change({ encoding: event.currentTarget.value })}
          data={[...withCurrent(encodings, one.encoding)]}
        />
      )}
      {one.format !== "vcard" && (
        <Checkbox
          className={styles.headerless}
          label={t("import.file.headerless")}
          checked={one.headerless}
          onChange={(event) => change({ headerless: event.currentTarget.checked })}
        />
      )}
    </div>
  )
}
