import type { Comparison } from "./model.ts"
import { isWithinEdits, jaroWinkler } from "./string-distance.ts"
import { fold, plain, wordsOf } from "./text.ts"

/** Legal forms, and the words around them, say nothing about who it is. */
const legalForms = new Set(
  "gmbh mbh ag kg kgaa ohg gbr ug ek eg ev ek se co inc incorporated ltd limited llc llp plc corp corporation company sa sl slu slne sll sc scp srl sarl spa bv nv oy ab as aps pty cia sociedad limitada anonima haftungsbeschrankt and und y the".split(
    " ",
  ),
)
interface CompanyName {
  words: readonly string[]
  joined: string
}

/** Names of companies without their legal forms: "Bäckerei Huber GmbH & Co. KG" is "Backerei Huber". */
export function compareCompanyNames<R>(
  name: string,
  read: (record: R) => string | null | undefined,
): Comparison<R, CompanyName> {
  return {
    name,
    levels: [
      { name: "same", m: 0.75, u: 0.0005 },
      { name: "similar", m: 0.1, u: 0.0005 },
      { name: "part", m: 0.08, u: 0.002 },
      { name: "initials", m: 0.01, u: 0.0001 },
      { name: "different", m: 0.06, u: 0.9969 },
    ],
    prepare: (record) => companyNameOf(read(record)),
    compare: levelOf,
    terms: { of: ({ joined }) => [joined], shared: ({ joined }) => joined },
  }
}

/** The telling words of a company's name; `undefined` where there is none. */
export function companyNameOf(text: string | null | undefined): CompanyName | undefined {
  const all = wordsOf(text).map(plain)
  const telling = all.filter((word) => !legalForms.has(word))
  const words = telling.length > 0 ? telling : all
  return words.length > 0 ? { words, joined: words.join("") } : undefined
}

function levelOf(one: CompanyName, other: CompanyName): number {
  if (one.joined === other.joined) return 0
  const isLong = Math.min(one.joined.length, other.joined.length) >= 4
  if (isLong && (isWithinEdits(one.joined, other.joined, 1) || jaroWinkler(one.joined, other.joined) >= 0.94))
    return 1
  const [fewer, more] =
    one.words.length <= other.words.length ? [one.words, other.words] : [other.words, one.words]
  if (fewer.every((word) => more.includes(word))) return 2
  return isInitials(one, other) || isInitials(other, one) ? 3 : 4
}
/** "VW" for "Volkswagen Werke". */
function isInitials(short: CompanyName, long: CompanyName): boolean {
  return long.words.length >= 2 && short.joined === long.words.map((word) => word[0]).join("")
}

/** Everybody has an address there: such a domain is nobody's own. */
const publicDomains =
  /^(gmail|googlemail|yahoo|ymail|hotmail|outlook|live|msn|icloud|me|mac|aol|gmx|web|t-online|freenet|posteo|mailbox|proton|protonmail|mail|telefonica|terra|movistar|arcor|btinternet|sky)\.[a-z.]+$/

/** Internet domains of companies. Of several, the most alike two count. */
export function compareDomains<R>(
  name: string,
  read: (record: R) => readonly string[] | undefined,
): Comparison<R, string[]> {
  return {
    name,
    levels: [
      { name: "same", m: 0.75, u: 0.0002 },
      { name: "otherEnding", m: 0.08, u: 0.00005 },
      { name: "similar", m: 0.05, u: 0.0001 },
      { name: "different", m: 0.12, u: 0.99965 },
    ],
    prepare: (record) => {
      const domains = (read(record) ?? []).map(domainOf).filter((domain) => domain !== "")
      return domains.length > 0 ? domains : undefined
    },
    compare: (ones, others) => {
      let best = 3
      for (const one of ones) for (const other of others) best = Math.min(best, domainLevel(one, other))
      return best
    },
    terms: { of: (domains) => domains, shared: (ones, others) => ones.find((one) => others.includes(one)) },
  }
}

/** The bare domain of an address on the web; empty where it is none or anybody's. */
export function domainOf(text: string): string {
  const host = fold(text)
    .trim()
    .replace(/^[a-z]+:\/\//, "")
    .replace(/^www\./, "")
    .replace(/[/:?#].*$/, "")
  return host.includes(".") && !publicDomains.test(host) ? host : ""
}

/** The name without its endings: "acme" of "acme.co.uk". */
export function domainName(domain: string): string {
  return domain.replace(/(\.(co|com|org|net|gob|gov|ac))?\.[a-z]+$/, "")
}

function domainLevel(one: string, other: string): number {
  if (one === other) return 0
  const [left, right] = [domainName(one), domainName(other)]
  if (left === right) return 1
  return Math.min(left.length, right.length) >= 5 && isWithinEdits(left, right, 1) ? 2 : 3
}
