import { companies } from "@regulars/contract/domains/people.ts"
import { parseText } from "../../../ui/fields/parse.ts"

export interface TypedPerson {
  name: string
  email: string
  phone: string
  companyId: string | null
  /** Own fields that must be given. */
  own?: Record<string, unknown>
}
export const emptyPerson: TypedPerson = { name: "", email: "", phone: "", companyId: null }

/** What was typed, as the API takes it: empty fields are left out. */
export function personOf({ name, email, phone, companyId, own }: TypedPerson): Record<string, unknown> {
  return {
    ...(name.trim() && { name: name.trim() }),
    ...(email.trim() && { emails: [{ address: email.trim() }] }),
    ...(phone.trim() && { phones: [{ raw: phone.trim() }] }),
    ...(companyId && { companyId }),
    ...own,
  }
}

export interface TypedCompany {
  name: string
  domain: string
  phone: string
  own?: Record<string, unknown>
}
export const emptyCompany: TypedCompany = { name: "", domain: "", phone: "" }

/** What was typed, as the API takes it; a whole web address gives its domain. */
export function companyOf({ name, domain, phone, own }: TypedCompany): Record<string, unknown> {
  const parsed = parseText(companies.fields.domains.item.domain, domain)
  const clean = "value" in parsed ? parsed.value : domain.trim()
  return {
    name: name.trim(),
    ...(domain.trim() && { domains: [{ domain: clean }] }),
    ...(phone.trim() && { phones: [{ raw: phone.trim() }] }),
    ...own,
  }
}
