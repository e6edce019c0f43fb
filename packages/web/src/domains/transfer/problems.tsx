import { NativeSelect, TextInput } from "@mantine/core"
import type { Import, ImportProblem } from "@regulars/contract/domains/transfer.endpoints.ts"
import { IconCheck } from "@tabler/icons-react"
import { useEffect, useRef, useState } from "react"
import { useFormats, useT } from "../../lib/i18n.tsx"
import { Button } from "../../ui/button.tsx"
import styles from "./import.module.css"
import type { ImportChange } from "./use-imports.ts"

const first = 20
interface ProblemsProps {
  one: Import
  change: (body: ImportChange) => void
}
/** Cells that can't be read, each with its reason and a field to repair it right there. */
export function Problems({ one, change }: ProblemsProps) {
  const t = useT()
  const formats = useFormats()
  const [shown, setShown] = useState(first)
  const table = useRef<HTMLTableElement>(null)
  const repaired = useRef(0)
  // A repaired row leaves the list, and with it the field that had the focus: the next one takes it.
  // biome-ignore lint/correctness/useExhaustiveDependencies: looks whenever the list is another
  useEffect(() => {
    const fields = table.current?.querySelectorAll("input") ?? []
    if (document.activeElement === document.body)
      fields[Math.min(repaired.current, fields.length - 1)]?.focus()
  }, [one.problems])
  if (one.problems.length === 0) return null
  const total = one.problemGroups.reduce((sum, group) => sum + group.rows, 0)
  const repair = (problem: ImportProblem, value: string) => {
    repaired.current = one.problems.filter(({ column }) => column !== null).indexOf(problem)
    if (problem.column !== null) change({ repairs: [{ line: problem.line, column: problem.column, value }] })
  }
  return (
    <section className={styles.stack}>
      <div className={styles.bar}>
        <h2 className={styles.grow}>
          {/* What is wrong with a row as a whole has no cell to repair. */}
          {t(
            one.problemGroups.some(({ column }) => column === null)
              ? "import.problems.rows"
              : "import.problems.title",
            {
              count: total,
            },
          )}
        </h2>
        <NativeSelect
          aria-label={t("import.problems.unreadable")}
          value={one.unreadable}
          onChange={(event) =>
            change({ unreadable: event.currentTarget.value === "keep" ? "keep" : "refuse" })
          }
          data={[
            { value: "refuse", label: t("import.problems.refuse") },
            { value: "keep", label: t("import.problems.keep") },
          ]}
        />
      </div>
      <ul className={styles.groups}>
        {one.problemGroups.map((group) => (
          <li key={`${group.column} ${group.code}`}>
            {group.header && <strong>{group.header}: </strong>}
            {group.message} ({t("import.rows", { count: group.rows, shown: formats.number(group.rows) })})
          </li>
        ))}
      </ul>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a table wider than the window scrolls by keyboard too */}
      <section className={styles.scroll} aria-label={t("import.problems.table")} tabIndex={0}>
        <table ref={table} className={styles.table}>
          <thead>
            <tr>
              <th scope="col">{t("import.problems.line")}</th>
              <th scope="col">{t("import.map.column")}</th>
              <th scope="col">{t("import.problems.value")}</th>
              <th scope="col">{t("import.problems.why")}</th>
            </tr>
          </thead>
          <tbody>
            {one.problems.slice(0, shown).map((problem) => (
              <ProblemRow
                key={`${problem.line} ${problem.column} ${problem.code}`}
                problem={problem}
                repair={repair}
              />
            ))}
          </tbody>
        </table>
      </section>
      {shown < one.problems.length && (
        <Button kind="subtle" onClick={() => setShown(shown + 80)}>
          {t("import.showMore")}
        </Button>
      )}
    </section>
  )
}

interface ProblemRowProps {
  problem: ImportProblem
  repair: (problem: ImportProblem, value: string) => void
}
function ProblemRow({ problem, repair }: ProblemRowProps) {
  const t = useT()
  const formats = useFormats()
  const [value, setValue] = useState(problem.value)
  const [saved, setSaved] = useState(problem.value)
  function save() {
    if (value === saved) return
    setSaved(value)
    repair(problem, value)
  }
  const repaired = saved !== problem.value
  return (
    <tr>
      <th scope="row" className={styles.number} data-caption={t("import.problems.line")}>
        {formats.number(problem.line)}
      </th>
      <td>{problem.header}</td>
      <td className={styles.targetCell}>
        {problem.column === null ? (
          problem.value
        ) : (
          <TextInput
            aria-label={t("import.problems.repair", { line: problem.line, column: problem.header ?? "" })}
            // The cell is marked until it has been changed; the reason stands beside it.
            error={!repaired}
            value={value}
            onChange={(event) => setValue(event.currentTarget.value)}
            onBlur={save}
            onKeyDown={(event) => {
              if (event.key === "Enter") save()
              if (event.key === "Escape") setValue(saved)
            }}
          />
        )}
      </td>
      <td>
        {repaired ? (
          <span className={styles.repaired}>
            <IconCheck size={14} stroke={2} aria-hidden="true" /> {t("import.problems.repaired")}
          </span>
        ) : (
          problem.message
        )}
      </td>
    </tr>
  )
}
