import type { Reading } from "./reading.ts"

/*
 * What is an address is decided for a business that wants to write to it, not for a mail relay. Accepted is what
 * HTML's e-mail field accepts with the length limits of RFC 5321, plus letters of any script (RFC 6531).
 * In the categories of the isemail suite: VALID and DNSWARN (we ask no name server) are accepted, ERR is refused,
 * and so is what is only ever a typing error in a customer list: quoted local parts, comments, address literals,
 * folding white space, all-numeric top domains and over-long parts (RFC5321, RFC5322, CFWS, DEPREC), except that
 * blanks around an address are trimmed and a single-label domain passes.
 */
const ATOM = "[\\p{L}\\p{M}\\p{N}!#$%&'*+/=?^_`{|}~-]+"
const LABEL = "[\\p{L}\\p{N}](?:[\\p{L}\\p{M}\\p{N}-]{0,61}[\\p{L}\\p{M}\\p{N}])?"
const ADDRESS = new RegExp(`^${ATOM}(?:\\.${ATOM})*@(?:${LABEL}\\.)*(?!\\d+$)${LABEL}$`, "u")
const PLAIN = /^[a-z0-9_+-]+(?:\.[a-z0-9_+-]+)*@[a-z0-9]+(?:[.-][a-z0-9]+)*\.[a-z]{2,24}$/i
const NAMED = /^(?:"[^"]*"\s*|[^<>"]*)<([^<>]+)>$/

/**
 * Reads one address, bare, as "mailto:" or as "Name <address>". The domain comes back in lower case, the part
 * before the @ as written.
 */
export function readEmail(text: string): Reading<string> {
  const trimmed = text.replace(/^[ \t\u00a0]+|[ \t\u00a0]+$/g, "")
  const address = (NAMED.exec(trimmed)?.[1] ?? trimmed).replace(/^mailto:/i, "")
  const at = address.lastIndexOf("@")
  const plausible = at > 0 && at <= 64 && address.length <= 254
  if (!plausible || !(PLAIN.test(address) || ADDRESS.test(address))) return { problem: "email_invalid" }
  return { value: address.slice(0, at + 1) + address.slice(at + 1).toLowerCase() }
}

/** Reads a cell with one or several addresses, separated by semicolon, comma, bar, line break or blanks. */
export function readEmails(text: string): Reading<string>[] {
  // A quoted name before the address may hold the separators itself: "Müller, Hans" <h@example.org>.
  const parts = text.includes("<")
    ? (text.match(/(?:"[^"]*"|[^;,|\r\n"])+/g) ?? [])
    : text.split(/\s+\/\s+|[;,|\s]+/)
  return parts.filter((part) => part.trim() !== "").map(readEmail)
}
