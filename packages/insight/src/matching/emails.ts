import { type Comparison, unknown } from "./model.ts"
import { type NameFields, nameOf, type PersonName } from "./names.ts"
import { isWithinEdits } from "./string-distance.ts"
import { digitsOf, fold, plain } from "./text.ts"

export interface Mailbox {
  address: string
  /** Without what the provider ignores: "+shop" behind the name, and Gmail's dots. */
  delivered: string
  local: string
  domain: string
  /** Read by whoever is in: info@, sales@. */
  isShared: boolean
}
interface OwnMailbox extends Mailbox {
  /** Digits of the local part. */
  digits: string
  /** Whether the local part is made of its owner's name. */
  isName: boolean
}

const sharedNames = new Set(
  "info office kontakt contact hello hallo hola mail post admin sales verkauf ventas service support team buchhaltung rechnung billing empfang reception zentrale webmaster noreply contacto administracion clientes pedidos shop".split(
    " ",
  ),
)
const gmail = new Set(["gmail.com", "googlemail.com"])

/**
 * E-mail addresses. Of several, the most alike two count. `readName` tells which addresses are made of their owner's
 * name: namesakes have similar ones, so what is alike in these says no more than the names do.
 */
export function compareEmails<R>(
  name: string,
  read: (record: R) => readonly string[] | undefined,
  readName: (record: R) => NameFields,
): Comparison<R, OwnMailbox[]> {
  return {
    name,
    levels: [
      { name: "same", m: 0.6, u: 0.00001 },
      { name: "sameMailbox", m: 0.02, u: 0.000001 },
      { name: "sharedMailbox", m: 0.01, u: 0.0001 },
      { name: "similar", m: 0.08, u: 0.00002 },
      { name: "sameLocalPart", m: 0.05, u: 0.0002 },
      { name: "different", m: 0.24, u: 0.999669 },
    ],
    prepare: (record) => {
      const emails = read(record) ?? []
      if (emails.length === 0) return undefined
      const owner = nameOf(readName(record))
      const mailboxes = emails.flatMap((address) => mailboxOf(address) ?? [])
      return mailboxes.length > 0 ? mailboxes.map((mailbox) => owned(mailbox, owner)) : undefined
    },
    compare: (ones, others) => {
      let best = unknown
      for (const one of ones)
        for (const other of others) {
          const level = levelOf(one, other)
          if (level !== unknown && (best === unknown || level < best)) best = level
        }
      return best
    },
    terms: {
      of: (mailboxes) => mailboxes.map(({ address }) => address),
      shared: (ones, others) =>
        ones.find((one) => others.some(({ address }) => address === one.address))?.address,
    },
  }
}

function owned(mailbox: Mailbox, { given, family }: PersonName): OwnMailbox {
  const letters = plain(mailbox.local.replace(/[^\p{L}]+/gu, ""))
  const parts = [plain(given?.words[0] ?? ""), family?.spelled ?? ""]
  return {
    ...mailbox,
    digits: digitsOf(mailbox.local),
    isName: parts.some((part) => part.length >= 3 && letters.includes(part)),
  }
}

/** The parts of an address; `undefined` where it is none. */
export function mailboxOf(text: string): Mailbox | undefined {
  const address = fold(text).trim()
  const at = address.lastIndexOf("@")
  if (at < 1 || at === address.length - 1) return undefined
  const domain = address.slice(at + 1)
  const tagged = address.slice(0, at)
  const untagged = tagged.replace(/(?<=.)\+.*$/, "")
  const local = gmail.has(domain) ? untagged.replaceAll(".", "") : untagged
  const provider = gmail.has(domain) ? "gmail.com" : domain
  return {
    address,
    delivered: `${local}@${provider}`,
    local,
    domain: provider,
    isShared: sharedNames.has(local),
  }
}

function levelOf(one: OwnMailbox, other: OwnMailbox): number {
  if (one.delivered === other.delivered) {
    if (one.isShared) return 2
    return one.address === other.address ? 0 : 1
  }
  // What a firm's mailbox says of a person is nothing.
  if (one.isShared || other.isShared) return unknown
  const level = likeness(one, other)
  // The number behind a name is there because the name was taken.
  const isTold = one.digits === other.digits && (one.digits !== "" || !(one.isName || other.isName))
  return level === 5 || isTold ? level : unknown
}
function likeness(one: Mailbox, other: Mailbox): number {
  // A slip or two in a long address; in a short one they make somebody else's.
  const slips = Math.min(one.delivered.length, other.delivered.length) >= 12 ? 2 : 1
  if (isWithinEdits(one.delivered, other.delivered, slips)) return 3
  return one.local === other.local && one.local.length >= 4 ? 4 : 5
}
