import type { Formats } from "@regulars/locales/formats.ts"
import { useSyncExternalStore } from "react"

type Library = typeof import("libphonenumber-js/min")
let library: Library | undefined
let isLoading = false
const waiting = new Set<() => void>()

/** A phone number of a record: `raw` as it was typed, and `number` clean where the server could read it. */
export type Phone = Readonly<Record<string, unknown>>

/**
 * As people of the workspace's country write it: their own numbers as dialled there, others with their country code.
 * What no number could be made of, or carries words ("ext. 5"), stays as typed. Until the rules of all countries have
 * arrived, which the first call asks for, it stays so too: `usePhoneRules` tells when.
 */
export function formatPhone({ number, raw }: Phone, formats: Formats): string {
  const typed = String(raw ?? number ?? "")
  if (typeof number !== "string" || /[a-z]/i.test(typed)) return typed
  if (!library) {
    loadRules()
    return typed
  }
  const parsed = library.parsePhoneNumberFromString(number)
  if (!parsed) return typed
  return parsed.countryCallingCode === callingCodeOf(formats, library)
    ? parsed.formatNational()
    : parsed.formatInternational()
}
function callingCodeOf({ locale }: Formats, { getCountryCallingCode, isSupportedCountry }: Library) {
  const country = new Intl.Locale(locale).region
  return country && isSupportedCountry(country) ? getCountryCallingCode(country) : undefined
}

/** Tests and some browsers know no idle time. */
const idle = globalThis.requestIdleCallback ?? ((run: () => void) => setTimeout(run, 0))
const whenIdle = () => new Promise<unknown>((resolve) => idle(resolve, { timeout: 2000 }))
/** They are large: lists are shown before them. Where they can't be had, as offline, numbers stay as typed. */
function loadRules(): void {
  if (isLoading) return
  isLoading = true
  whenIdle()
    .then(() => import("libphonenumber-js/min"))
    .then(
      (loaded) => {
        library = loaded
        for (const tell of waiting) tell()
      },
      () => {
        isLoading = false
      },
    )
}

/** Shows the calling part anew once `formatPhone` knows the rules; the answer differs then. */
export function usePhoneRules(): boolean {
  return useSyncExternalStore(subscribe, () => library !== undefined)
}
function subscribe(tell: () => void): () => void {
  waiting.add(tell)
  return () => waiting.delete(tell)
}
