import { readBoolean } from "../values/booleans.ts"
import {
  consentStates,
  formsOfAddress,
  keyCustomerLevels,
  lifecycleStages,
  preferredChannels,
  readChoice,
} from "../values/choices.ts"
import { knownCountry } from "../values/countries.ts"
import { looksLikeDate, yearOf } from "../values/dates.ts"
import { readEmails } from "../values/emails.ts"
import { readLanguage } from "../values/languages.ts"
import { isSalutation } from "../values/names.ts"
import { looksNumeric } from "../values/numbers.ts"
import { GIVEN_NAMES } from "../values/words/given-names.ts"
import { CITY_NAMES, REGION_NAMES } from "./words/places.ts"
import {
  COMPANY_NAME_WORDS,
  FAMILY_NAMES,
  INDUSTRY_NAMES,
  JOB_WORDS,
  STREET_NAME_WORDS,
} from "./words/trades.ts"

/** One value of a column in the forms the detectors need. */
export interface Cell {
  text: string
  folded: string
  words: readonly string[]
  hasDigit: boolean
}

const POSTAL = [
  /^(?:[A-Z]{1,2}-)?\d{4,6}$/,
  /^\d{5}-\d{3,4}$/,
  /^\d{2}-\d{3}$/,
  /^\d{3} \d{2}$/,
  /^\d{4} ?[A-Z]{2}$/,
  /^[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}$/i,
  /^[A-Z]\d[A-Z] ?\d[A-Z]\d$/i,
  /^[A-Z]\d[\dW] ?[A-Z\d]{4}$/i,
]
const SOCIAL_HOST = /(?:linkedin|twitter|facebook|instagram|xing|tiktok|youtube|x)\.com/i
const DOMAIN = /^(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,24}$/i
const UNIT =
  /^(?:apt|apartment|flat|unit|suite|ste|floor|local|piso|puerta|wohnung|whg|etage|building|bldg|room|po box|postfach|#)\b/
const STREET_ENDING = /(?:strasse|str|weg|platz|allee|gasse|damm|ufer|gatan|straat|laan|vej|gata)\.?$/

const isUrl = (text: string) => /^(?:https?:\/\/|www\.)\S+\.\S+$/i.test(text)
const single = (set: ReadonlySet<string>) => (cell: Cell) =>
  !cell.hasDigit && cell.words.length < 3 && set.has(cell.words[0] ?? "")
const has = (reading: object) => "value" in reading

function isPhone({ text }: Cell): boolean {
  const bare = text.replace(/^'/, "").replace(/\s*(?:ext|x|dw)\.?\s*\d{1,5}$/i, "")
  const digits = bare.replace(/\D/g, "").length
  if (!/^\+?[\d\s()./\-–]+$/.test(bare) || digits < 6 || digits > 15) return false
  if (/^\d+$/.test(bare)) return bare.startsWith("0") ? digits >= 7 : digits >= 9 && digits <= 13
  return (
    !looksLikeDate(bare) &&
    !/^\d{1,3}(?:\.\d{3})+$|^\d{1,3}(?:\.\d{1,3}){3}$/.test(bare) &&
    !/^\d+\.\d+$/.test(bare) &&
    !POSTAL.some((form) => form.test(bare))
  )
}

function isStreet(cell: Cell): boolean {
  const isNamed =
    /^c\/ ?\p{L}/iu.test(cell.text) ||
    cell.words.some((word) => STREET_NAME_WORDS.has(word) || STREET_ENDING.test(word))
  if (!cell.hasDigit)
    return (
      isNamed &&
      cell.words.length > 1 &&
      cell.words.some((word) => STREET_ENDING.test(word) || word === "calle" || word === "street")
    )
  if (cell.words.length < 2 || cell.words.length > 10 || /@|:\/\//.test(cell.text) || UNIT.test(cell.folded))
    return false
  return (
    isNamed ||
    /^\d+[a-z]?\s+\p{L}+\s+\p{L}/iu.test(cell.text) ||
    /\p{Ll}{2}\S*\s+\d{1,4}\s?[a-z]?$/u.test(cell.text)
  )
}

function isWholeAddress(cell: Cell): boolean {
  if (/^(?:[A-Z]{1,2}-)?\d{4,5}\s+\p{Lu}\p{Ll}/u.test(cell.text) && cell.words.length <= 5) return true
  return (
    cell.hasDigit &&
    cell.words.length >= 4 &&
    /,|\n|\\n|;/.test(cell.text) &&
    /\D\d{4,6}\b|\b[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}\b/.test(cell.text) &&
    !/[@:]/.test(cell.text)
  )
}

function isPersonName(cell: Cell): boolean {
  if (cell.hasDigit || cell.words.length < 2 || cell.words.length > 6 || isCompany(cell)) return false
  const [first = "", second = ""] = isSalutation(cell.words[0] ?? "") ? cell.words.slice(1) : cell.words
  const isReversed =
    /^[^,]+,\s*\p{Lu}[^,]*$/u.test(cell.text) && cell.words.some((word) => GIVEN_NAMES.has(word))
  return (
    GIVEN_NAMES.has(first) ||
    GIVEN_NAMES.has(second) ||
    isReversed ||
    FAMILY_NAMES.has(cell.words[cell.words.length - 1] ?? "")
  )
}

function isCompany(cell: Cell): boolean {
  return (
    !/@|:\/\//.test(cell.text) &&
    (cell.words.some((word) => COMPANY_NAME_WORDS.has(word)) || /\S & \S/.test(cell.text))
  )
}

const isYear = (text: string) => /^(?:19|20)\d\d$/.test(text)
const wholeNumber = (text: string) => (/^\d{1,2}$/.test(text) ? Number(text) : 0)

/** What a single value looks like; a column is known by the share of its values that do. */
export const DETECTORS = {
  email: ({ text }: Cell) => text.includes("@") && readEmails(text).some(has),
  phone: isPhone,
  bareNumber: ({ text }: Cell) => /^[1-9]\d+$/.test(text),
  url: ({ text }: Cell) => isUrl(text) || (DOMAIN.test(text) && !/\d$/.test(text)),
  socialUrl: ({ text }: Cell) => SOCIAL_HOST.test(text),
  handle: ({ text }: Cell) => /^@?[a-z0-9_.-]{3,30}$/i.test(text) && /[a-z]/i.test(text),
  atHandle: ({ text }: Cell) => /^@[a-z0-9_.]{3,30}$/i.test(text),
  image: ({ text }: Cell) =>
    /^https?:\/\/.*(?:\.(?:jpe?g|png|gif|webp|svg)|photo|avatar|image|googleusercontent)/i.test(text),
  date: ({ text }: Cell) => /\d/.test(text) && !/^\d{1,4}$/.test(text) && looksLikeDate(text),
  birthYear: ({ text }: Cell) => {
    const year = yearOf(text)
    return looksLikeDate(text) && (year === undefined || (year >= 1900 && year < 2018))
  },
  localPhone: ({ text }: Cell) => /^\d[\d\s/-]{3,14}$/.test(text),
  year: ({ text }: Cell) => isYear(text),
  day: ({ text }: Cell) => wholeNumber(text) >= 1 && wholeNumber(text) <= 31,
  month: ({ text }: Cell) =>
    (wholeNumber(text) >= 1 && wholeNumber(text) <= 12) || looksLikeDate(`1 ${text}`),
  integer: ({ text }: Cell) => /^\d+$/.test(text),
  number: ({ text }: Cell) => looksNumeric(text),
  range: ({ text }: Cell) => /^[\d.,]+\s*(?:-|–|to|bis|a|\+)\s*[\d.,]*\+?$|^[<>]\s*\d+$/i.test(text),
  houseNumber: ({ text }: Cell) => /^\d{1,5}\s?[a-z]?(?:\s?[-/]\s?\d{1,4}\s?[a-z]?)?$/i.test(text),
  boolean: ({ text }: Cell) => has(readBoolean(text)),
  consent: ({ text }: Cell) => has(readChoice(text, consentStates)),
  country: ({ text }: Cell) => text.length > 1 && knownCountry(text) !== undefined,
  language: ({ text }: Cell) => text.length > 1 && text.length < 40 && has(readLanguage(text)),
  salutation: ({ text, hasDigit }: Cell) => !hasDigit && text.length < 20 && isSalutation(text),
  postalCode: ({ text }: Cell) => POSTAL.some((form) => form.test(text)),
  street: isStreet,
  wholeAddress: isWholeAddress,
  city: ({ folded }: Cell) => CITY_NAMES.has(folded),
  region: ({ folded }: Cell) => REGION_NAMES.has(folded),
  company: isCompany,
  personName: isPersonName,
  givenName: single(GIVEN_NAMES),
  familyName: single(FAMILY_NAMES),
  job: ({ words, hasDigit }: Cell) =>
    !hasDigit && words.length < 6 && words.some((word) => JOB_WORDS.has(word)),
  industry: ({ folded }: Cell) => INDUSTRY_NAMES.has(folded),
  lifecycle: ({ text }: Cell) => has(readChoice(text, lifecycleStages)),
  keyCustomer: ({ text }: Cell) => has(readChoice(text, keyCustomerLevels)),
  channel: ({ text }: Cell) => has(readChoice(text, preferredChannels)),
  formOfAddress: ({ text }: Cell) => has(readChoice(text, formsOfAddress)),
  opaqueId: ({ text }: Cell) =>
    /^(?:zcrm_)?[a-z0-9]{8,}$/i.test(text) && /\d/.test(text) && (/[a-z]/i.test(text) || text.length > 7),
  code: ({ text }: Cell) =>
    /^[a-z]{0,8}[-_. ]?\d+[a-z0-9-]*$/i.test(text) || /^[0-9a-f-]{32,36}$/i.test(text),
  digit: ({ hasDigit }: Cell) => hasDigit,
  manyWords: ({ words }: Cell) => words.length >= 2,
  prose: ({ words }: Cell) => words.length >= 4,
  list: ({ text }: Cell) =>
    /[;,|]| ::: /.test(text) && text.split(/[;,|]| ::: /).every((part) => part.trim().split(" ").length < 4),
} satisfies Record<string, (cell: Cell) => boolean>

export type Detector = keyof typeof DETECTORS
