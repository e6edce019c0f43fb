import {
  type AddressFields,
  compareCities,
  comparePostalCodes,
  compareStreets,
  houseKeys,
  placesOf,
} from "./addresses.ts"
import type { BlockingRule } from "./blocking.ts"
import { companyNameOf, compareCompanyNames, compareDomains, domainName, domainOf } from "./companies.ts"
import type { MatchModel } from "./model.ts"
import { comparePhones, phoneKeys } from "./phones.ts"
import { skeleton } from "./text.ts"

/** What a company is recognised by; everything as people typed it, nothing required. */
export interface MatchCompany {
  name?: string | null
  /** Domains or addresses on the web. */
  domains?: readonly string[]
  /** E.164 where known, else as written. */
  phones?: readonly string[]
  addresses?: readonly AddressFields[]
}

export const companyModel: MatchModel<MatchCompany> = {
  name: "company/1",
  comparisons: [
    compareCompanyNames("name", ({ name }) => name),
    compareDomains("domain", ({ domains }) => domains),
    comparePhones("phone", ({ phones }) => phones),
    compareStreets("street", ({ addresses }) => addresses),
    comparePostalCodes("postalCode", ({ addresses }) => addresses),
    compareCities("city", ({ addresses }) => addresses),
  ],
  relations: [
    { name: "branches", perRecord: 0.05, shares: ["name", "domain"] },
    { name: "sameHouse", perRecord: 0.2, shares: ["domain", "phone", "street", "postalCode", "city"] },
  ],
}

/** The keys under which twins of a company are looked for; each slip leaves at least one of them alone. */
export const companyRules: readonly BlockingRule<MatchCompany>[] = [
  { name: "name", fixes: ["name"], keys: ({ name }) => namesOf(name).map(({ joined }) => joined) },
  {
    name: "soundOfName",
    fixes: ["name"],
    keys: ({ name }) => namesOf(name).map(({ words }) => words.slice(0, 2).map(skeleton).sort().join(" ")),
  },
  {
    name: "nameAndPlace",
    fixes: ["name", "postalCode", "city"],
    keys: ({ name, addresses = [] }) =>
      addresses.flatMap(placesOf).flatMap((place) => wordKeys(name).map((word) => `${word} ${place}`)),
  },
  {
    name: "domain",
    fixes: ["domain"],
    keys: ({ domains = [] }) =>
      domains
        .map(domainOf)
        .filter((domain) => domain !== "")
        .map(domainName),
  },
  { name: "phone", fixes: ["phone"], keys: ({ phones }) => phoneKeys(phones) },
  { name: "house", fixes: ["street", "postalCode", "city"], keys: houseKeys },
]

function namesOf(text: string | null | undefined) {
  const name = companyNameOf(text)
  return name ? [name] : []
}
function wordKeys(name: string | null | undefined): string[] {
  return namesOf(name).flatMap(({ words }) => words.filter((word) => word.length > 2).map(skeleton))
}
