/** A contact card with the meaning its properties have in vCard 2.1, 3.0 and 4.0 alike. Absent means unknown. */
export type VCard = {
  /** The formatted name; made from the other parts when the card has none. */
  name: string
  givenName?: string
  familyName?: string
  middleName?: string
  prefix?: string
  suffix?: string
  nickname?: string
  organization?: string
  department?: string
  title?: string
  role?: string
  emails: { address: string; label?: string; preferred: boolean }[]
  phones: { number: string; label?: string; preferred: boolean }[]
  addresses: VCardAddress[]
  urls: { url: string; label?: string }[]
  birthday?: VCardDate
  anniversary?: VCardDate
  note?: string
  categories: string[]
  photo?: { type?: string; data: Buffer } | { type?: string; uri: string }
  /** Messengers and social networks; `service` in lower case ("skype"). */
  social: { service: string; value: string }[]
  language?: string
  uid?: string
  /** Everything else the card says, as text. */
  other: { name: string; value: string; label?: string }[]
}

/** `street` may have several lines; `label` is "home", "work", "work fax" … or the person's own words. */
export type VCardAddress = {
  label?: string
  street?: string
  city?: string
  region?: string
  postalCode?: string
  country?: string
}

export type VCardDate = { year?: number; month: number; day: number }

/** `line` is the 1-based line of the file the fault is about. */
export type VCardProblem =
  | { code: "unterminated_card"; line: number }
  | { code: "card_too_large"; line: number; limit: number }
  | { code: "unreadable_line"; line: number }

export function emptyCard(): VCard {
  return { name: "", emails: [], phones: [], addresses: [], urls: [], categories: [], social: [], other: [] }
}

/** A real day of a real month, or undefined. */
export function vcardDate(year: number | undefined, month: number, day: number): VCardDate | undefined {
  if (month < 1 || month > 12 || day < 1) return undefined
  // Without a year 29 February is possible.
  const last = new Date(Date.UTC(year ?? 2000, month, 0)).getUTCDate()
  if (day > last) return undefined
  return { ...(year !== undefined && { year }), month, day }
}
