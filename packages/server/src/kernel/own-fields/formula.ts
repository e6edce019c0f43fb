import type { EntityDeclaration } from "@regulars/contract/kernel/entity.ts"
import type { Field } from "@regulars/contract/kernel/fields.ts"
import type { Values } from "../records/columns.ts"
import { functions } from "./formula-functions.ts"
import type { Formula, FormulaType, FormulaValue } from "./formula-types.ts"

/** Why a formula can't be read; the message names the place. */
export class FormulaError extends Error {}

const longest = 1000
const deepest = 40
const token =
  /\s*(?:(\d+(?:\.\d+)?)|'((?:[^']|'')*)'|([A-Za-z][A-Za-z0-9]*(?:\.[A-Za-z][A-Za-z0-9]*)?)|(<>|<=|>=|[-+*/&=<>(),]))/y

interface Reader {
  tokens: Token[]
  place: number
  depth: number
  entity: EntityDeclaration
}
interface Token {
  kind: "number" | "text" | "name" | "sign" | "end"
  text: string
}

/**
 * Formulas of own fields: numbers, 'texts', names of fields (`size`, `custom.price`), + - * / & (joins texts),
 * comparisons (= <> < <= > >=), brackets and the functions of `formula-functions.ts`. Read once into functions of
 * ours; nothing of a formula is ever run as code.
 *
 * @throws FormulaError for a text that is no formula over the entity's fields
 */
export function compileFormula(entity: EntityDeclaration, text: string): Formula {
  if (text.length > longest) throw new FormulaError(`may have ${longest} characters`)
  const reader: Reader = { tokens: tokensOf(text), place: 0, depth: 0, entity }
  const formula = comparison(reader)
  if (peek(reader).kind !== "end") throw new FormulaError(`does not go on with "${peek(reader).text}"`)
  return { type: formula.type, evaluate: (record) => settled(formula.evaluate(record)) }
}
/** No number that can't be stored, no text without end. */
function settled(value: FormulaValue): FormulaValue {
  if (typeof value === "number") return Number.isFinite(value) ? Number(value.toPrecision(15)) : null
  return typeof value === "string" ? value.slice(0, 500).toWellFormed() : value
}

/** Names of the fields a formula reads, and of its functions. */
export function namesIn(formula: string): string[] {
  return tokensOf(formula).flatMap(({ kind, text }) => (kind === "name" ? [text] : []))
}

function tokensOf(text: string): Token[] {
  const tokens: Token[] = []
  const end = text.trimEnd().length
  for (let at = 0; at < end; at = token.lastIndex) {
    token.lastIndex = at
    const [, number, words, name, sign] = token.exec(text) ?? []
    if (number !== undefined) tokens.push({ kind: "number", text: number })
    else if (words !== undefined) tokens.push({ kind: "text", text: words.replaceAll("''", "'") })
    else if (name !== undefined) tokens.push({ kind: "name", text: name })
    else if (sign !== undefined) tokens.push({ kind: "sign", text: sign })
    else throw new FormulaError(`can't be read from "${text.slice(at, at + 20).trim()}" on`)
  }
  return [...tokens, { kind: "end", text: "" }]
}
function peek(reader: Reader): Token {
  return reader.tokens[reader.place] as Token
}
/** Takes the next token where it is one of these signs. */
function take(reader: Reader, ...signs: string[]): string | undefined {
  const { kind, text } = peek(reader)
  if (kind !== "sign" || !signs.includes(text)) return undefined
  reader.place++
  return text
}

function comparison(reader: Reader): Formula {
  if (++reader.depth > deepest) throw new FormulaError("is nested too deeply")
  const left = joined(reader)
  const sign = take(reader, "=", "<>", "<", "<=", ">", ">=")
  const formula = sign ? compared(sign, left, joined(reader)) : left
  reader.depth--
  return formula
}
const compare: Record<string, (order: number) => boolean> = {
  "=": (order) => order === 0,
  "<>": (order) => order !== 0,
  "<": (order) => order < 0,
  "<=": (order) => order <= 0,
  ">": (order) => order > 0,
  ">=": (order) => order >= 0,
}
function compared(sign: string, left: Formula, right: Formula): Formula {
  // A date is compared with one written as a text, too.
  const alike = left.type === right.type || [left.type, right.type].sort().join() === "date,text"
  if (!alike) throw new FormulaError(`compares ${left.type} with ${right.type}`)
  const holds = compare[sign] as (order: number) => boolean
  return both("boolean", left, right, (one, other) => holds(one < other ? -1 : one > other ? 1 : 0))
}
function joined(reader: Reader): Formula {
  let left = sum(reader)
  while (take(reader, "&")) {
    const [first, second] = [left, sum(reader)]
    left = {
      type: "text",
      evaluate: (record) => `${first.evaluate(record) ?? ""}${second.evaluate(record) ?? ""}`,
    }
  }
  return left
}
function sum(reader: Reader): Formula {
  let left = product(reader)
  for (let sign = take(reader, "+", "-"); sign; sign = take(reader, "+", "-"))
    left = calculated(sign, left, product(reader))
  return left
}
function product(reader: Reader): Formula {
  let left = single(reader)
  for (let sign = take(reader, "*", "/"); sign; sign = take(reader, "*", "/"))
    left = calculated(sign, left, single(reader))
  return left
}
const calculate: Record<string, (one: number, other: number) => number | null> = {
  "+": (one, other) => one + other,
  "-": (one, other) => one - other,
  "*": (one, other) => one * other,
  "/": (one, other) => (other === 0 ? null : one / other),
}
function calculated(sign: string, left: Formula, right: Formula): Formula {
  for (const { type } of [left, right])
    if (type !== "number") throw new FormulaError(`calculates with a ${type}`)
  const work = calculate[sign] as (one: number, other: number) => number | null
  return both("number", left, right, (one, other) => work(one as number, other as number))
}
type Present = number | string | boolean
function both(
  type: FormulaType,
  left: Formula,
  right: Formula,
  work: (one: Present, other: Present) => FormulaValue,
): Formula {
  return {
    type,
    evaluate(record) {
      const [one, other] = [left.evaluate(record), right.evaluate(record)]
      return one === null || other === null ? null : work(one, other)
    },
  }
}

function single(reader: Reader): Formula {
  if (take(reader, "-")) return calculated("-", constant("number", 0), single(reader))
  if (take(reader, "(")) {
    const inner = comparison(reader)
    if (!take(reader, ")")) throw new FormulaError('lacks a ")"')
    return inner
  }
  const { kind, text } = peek(reader)
  reader.place++
  if (kind === "number") return constant("number", Number(text))
  if (kind === "text") return constant("text", text)
  if (kind !== "name") throw new FormulaError(text === "" ? "ends too early" : `can't have "${text}" here`)
  return take(reader, "(") ? called(reader, text) : fieldValue(reader.entity, text)
}
function constant(type: FormulaType, value: FormulaValue): Formula {
  return { type, evaluate: () => value }
}
function called(reader: Reader, name: string): Formula {
  const make = Object.hasOwn(functions, name) ? functions[name] : undefined
  if (!make) throw new FormulaError(`knows no function "${name}"`)
  const given: Formula[] = []
  if (!take(reader, ")")) {
    do given.push(comparison(reader))
    while (take(reader, ","))
    if (!take(reader, ")")) throw new FormulaError('lacks a ")"')
  }
  const made = make(given)
  if (!made) throw new FormulaError(`can't use ${name} like this`)
  return made
}

const fieldTypes: Partial<Record<Field["type"], FormulaType>> = {
  integer: "number",
  number: "number",
  percent: "number",
  rating: "number",
  text: "text",
  longText: "text",
  email: "text",
  url: "text",
  phone: "text",
  choice: "text",
  language: "text",
  country: "text",
  date: "date",
  boolean: "boolean",
}
function fieldValue(entity: EntityDeclaration, key: string): Formula {
  const field = Object.hasOwn(entity.fields, key) ? entity.fields[key] : undefined
  const type = field && !field.formula ? fieldTypes[field.type] : undefined
  if (!type) throw new FormulaError(`can't calculate with "${key}"`)
  return { type, evaluate: (record) => (record[key] ?? null) as FormulaValue }
}

const compiled = new WeakMap<Field, Formula | null>()
/** The value of a formula field; null while the formula can't be read, such as after a release without a field. */
export function computedValue(entity: EntityDeclaration, field: Field, record: Values): FormulaValue {
  let formula = compiled.get(field)
  if (formula === undefined) {
    formula = readable(entity, field.formula ?? "")
    compiled.set(field, formula)
  }
  return formula?.evaluate(record) ?? null
}
function readable(entity: EntityDeclaration, text: string): Formula | null {
  try {
    return compileFormula(entity, text)
  } catch (error) {
    if (error instanceof FormulaError) return null
    throw error
  }
}
