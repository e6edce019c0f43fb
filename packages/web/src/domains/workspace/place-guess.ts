/** Currency most used in a country; those missing here are asked for. Codes joined by country. */
const byCurrency: Record<string, string> = {
  EUR: "AD AT BE BG CY DE EE ES FI FR GR HR IE IT LT LU LV MC ME MT NL PT SI SK SM VA XK",
  USD: "US EC SV PA PR GU",
  GBP: "GB IM JE GG",
  CHF: "CH LI",
  AUD: "AU",
  BRL: "BR",
  CAD: "CA",
  CLP: "CL",
  CNY: "CN",
  COP: "CO",
  CZK: "CZ",
  DKK: "DK FO GL",
  HUF: "HU",
  INR: "IN",
  JPY: "JP",
  KRW: "KR",
  MXN: "MX",
  NOK: "NO",
  NZD: "NZ",
  PEN: "PE",
  PLN: "PL",
  RON: "RO",
  SEK: "SE",
  TRY: "TR",
  UAH: "UA",
  UYU: "UY",
  ARS: "AR",
  ZAR: "ZA",
}
/** Country of a time zone, for those whose language says nothing about where they are. */
const byZone: Record<string, string> = {
  "Europe/Berlin": "DE",
  "Europe/Vienna": "AT",
  "Europe/Zurich": "CH",
  "Europe/Madrid": "ES",
  "Atlantic/Canary": "ES",
  "Europe/Paris": "FR",
  "Europe/Rome": "IT",
  "Europe/Amsterdam": "NL",
  "Europe/Brussels": "BE",
  "Europe/Lisbon": "PT",
  "Europe/London": "GB",
  "Europe/Dublin": "IE",
  "Europe/Copenhagen": "DK",
  "Europe/Stockholm": "SE",
  "Europe/Oslo": "NO",
  "Europe/Helsinki": "FI",
  "Europe/Warsaw": "PL",
  "Europe/Prague": "CZ",
  "America/New_York": "US",
  "America/Chicago": "US",
  "America/Denver": "US",
  "America/Los_Angeles": "US",
  "America/Toronto": "CA",
  "America/Mexico_City": "MX",
  "America/Bogota": "CO",
  "America/Lima": "PE",
  "America/Santiago": "CL",
  "America/Argentina/Buenos_Aires": "AR",
  "America/Sao_Paulo": "BR",
  "Australia/Sydney": "AU",
  "Pacific/Auckland": "NZ",
}

export interface PlaceGuess {
  country: string | null
  currency: string | null
  timeZone: string
}
/**
 * Where a business probably is. The device's zone is set by where it stands and counts first; the region of the
 * browser's language is often only how it was sold.
 */
export function guessPlace(languages: readonly string[], timeZone: string): PlaceGuess {
  const regions = languages.map((tag) => tag.match(/-([A-Z]{2})\b/)?.[1])
  const country = byZone[timeZone] ?? regions.find((region) => region !== undefined) ?? null
  return { country, currency: country && currencyOf(country), timeZone }
}
export function currencyOf(country: string): string | null {
  const entry = Object.entries(byCurrency).find(([, countries]) => countries.split(" ").includes(country))
  return entry?.[0] ?? null
}
