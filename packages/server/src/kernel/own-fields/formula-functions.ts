import type { Formula, FormulaType, FormulaValue } from "./formula-types.ts"

/** Makes the call of a function; undefined where it can't take what it is given. */
type Make = (given: readonly Formula[]) => Formula | undefined
type Present = number | string | boolean

/** A function of fixed types, empty where one of them is. */
function plain(
  takes: readonly FormulaType[],
  type: FormulaType,
  work: (...given: never[]) => FormulaValue,
): Make {
  return (given) => {
    if (given.length !== takes.length || given.some((one, index) => one.type !== takes[index]))
      return undefined
    return {
      type,
      evaluate(record) {
        const values = given.map((one) => one.evaluate(record))
        return values.includes(null) ? null : work(...(values as never[]))
      },
    }
  }
}
/** The least or greatest of those numbers that are there. */
function extreme(work: (...numbers: number[]) => number): Make {
  return (given) => {
    if (given.length === 0 || given.some(({ type }) => type !== "number")) return undefined
    return {
      type: "number",
      evaluate(record) {
        const numbers = given.map((one) => one.evaluate(record)).filter((value) => value !== null) as number[]
        return numbers.length === 0 ? null : work(...numbers)
      },
    }
  }
}
const choose: Make = ([condition, yes, no]) => {
  if (condition?.type !== "boolean" || !yes || !no || yes.type !== no.type) return undefined
  return {
    type: yes.type,
    evaluate: (record) => (condition.evaluate(record) === true ? yes : no).evaluate(record),
  }
}
const isEmpty: Make = ([value]) =>
  value && { type: "boolean", evaluate: (record) => value.evaluate(record) === null }
/** The second where the first is empty. */
const otherwise: Make = ([first, second]) => {
  if (!first || !second || first.type !== second.type) return undefined
  return { type: first.type, evaluate: (record) => first.evaluate(record) ?? second.evaluate(record) }
}
function all(holds: (values: readonly (Present | null)[]) => boolean): Make {
  return (given) => {
    if (given.length === 0 || given.some(({ type }) => type !== "boolean")) return undefined
    return { type: "boolean", evaluate: (record) => holds(given.map((one) => one.evaluate(record))) }
  }
}

const millisecondsOfDay = 86_400_000
const timeOf = (date: string) => Date.parse(`${date}T00:00:00Z`)
function dayLater(date: string, days: number): string | null {
  const time = new Date(timeOf(date) + Math.round(days) * millisecondsOfDay)
  const year = Number.isNaN(time.getTime()) ? 0 : time.getUTCFullYear()
  return year >= 1 && year <= 9999 ? time.toISOString().slice(0, 10) : null
}
function rounded(number: number, places: number): number {
  const factor = 10 ** Math.max(0, Math.min(10, Math.round(places)))
  return Math.round((number + Number.EPSILON) * factor) / factor
}

export const functions: Readonly<Record<string, Make>> = {
  if: choose,
  isEmpty,
  otherwise,
  and: all((values) => values.every((value) => value === true)),
  or: all((values) => values.includes(true)),
  not: plain(["boolean"], "boolean", (value: boolean) => !value),
  round: (given) =>
    plain(given.length === 1 ? ["number"] : ["number", "number"], "number", (number: number, places = 0) =>
      rounded(number, places),
    )(given),
  abs: plain(["number"], "number", Math.abs),
  floor: plain(["number"], "number", Math.floor),
  ceiling: plain(["number"], "number", Math.ceil),
  min: extreme(Math.min),
  max: extreme(Math.max),
  days: plain(["date", "date"], "number", (from: string, to: string) =>
    Math.round((timeOf(to) - timeOf(from)) / millisecondsOfDay),
  ),
  addDays: plain(["date", "number"], "date", dayLater),
  year: plain(["date"], "number", (date: string) => Number(date.slice(0, 4))),
  month: plain(["date"], "number", (date: string) => Number(date.slice(5, 7))),
  day: plain(["date"], "number", (date: string) => Number(date.slice(8, 10))),
  length: plain(["text"], "number", (text: string) => text.length),
  upper: plain(["text"], "text", (text: string) => text.toUpperCase()),
  lower: plain(["text"], "text", (text: string) => text.toLowerCase()),
}
