import type { Language } from "./runtime.ts"

export interface FormatSettings {
  language: Language
  /** Two-letter country of the workspace: decides separators and the order of day and month. */
  country?: string | null
  /** IANA zone in which days begin, the viewer's own. */
  timeZone?: string | null
}
export interface Money {
  /** Minor units: cents, or the whole unit in currencies without any. */
  amount: number
  currency: string
}
export interface Formats {
  locale: string
  timeZone: string | undefined
  number(value: number, options?: Intl.NumberFormatOptions): string
  money(value: Money): string
  list(parts: readonly string[], type?: "conjunction" | "disjunction"): string
  date(value: Date, options: Intl.DateTimeFormatOptions): string
  /** Name of a country, language or currency in the viewer's language; the code itself when unknown. */
  nameOf(kind: "region" | "language" | "currency", code: string): string
}

/** A locale such as `en-DE`: the words of the language with the habits of the country. */
export function localeOf(language: Language, country?: string | null): string {
  return country && /^[A-Z]{2}$/.test(country) ? `${language}-${country}` : language
}

/** Number, money, list and date formatting of one viewer; makers are kept because making them is slow. */
export function createFormats({ language, country, timeZone }: FormatSettings): Formats {
  const locale = localeOf(language, country)
  const makers = new Map<string, unknown>()
  function kept<T>(kind: string, options: unknown, make: () => T): T {
    const key = `${kind}${JSON.stringify(options)}`
    if (!makers.has(key)) makers.set(key, make())
    return makers.get(key) as T
  }
  const number = (value: number, options?: Intl.NumberFormatOptions) =>
    kept("number", options, () => new Intl.NumberFormat(locale, options)).format(value)
  return {
    locale,
    timeZone: timeZone ?? undefined,
    number,
    money({ amount, currency }) {
      const maker = kept(
        "money",
        currency,
        () => new Intl.NumberFormat(locale, { style: "currency", currency }),
      )
      return maker.format(amount / 10 ** (maker.resolvedOptions().maximumFractionDigits ?? 2))
    },
    list: (parts, type = "conjunction") =>
      kept("list", type, () => new Intl.ListFormat(locale, { type })).format(parts),
    date: (value, options) =>
      kept(
        "date",
        options,
        () => new Intl.DateTimeFormat(locale, { timeZone: timeZone ?? undefined, ...options }),
      ).format(value),
    nameOf(kind, code) {
      try {
        return kept("names", kind, () => new Intl.DisplayNames(locale, { type: kind })).of(code) ?? code
      } catch {
        return code
      }
    },
  }
}
