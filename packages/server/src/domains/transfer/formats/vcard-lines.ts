import { isUtf8 } from "node:buffer"
import { createReadStream } from "node:fs"
import iconv from "iconv-lite"
import { FormatError } from "./format-error.ts"
import { readStart, readText, utf16FromBytes } from "./text-encoding.ts"

/** Longest line and largest card, photo included, in bytes. */
export const MAX_CARD_LENGTH = 16 * 1024 * 1024

export type ContentLine = { line: number; text: string }

export type VcardProperty = {
  line: number
  group?: string
  /** In upper case. */
  name: string
  /** The TYPE values in lower case, also those that 2.1 writes without "TYPE=". */
  types: string[]
  /** Other parameters by their name in upper case. */
  parameters: Map<string, string>
  /** Text with its escapes still in it, or base64 text when `isBinary`. */
  value: string
  isBinary: boolean
}

type OpenLine = { line: number; parts: string[]; header: string; version: "2.1" | "later" }

/**
 * Content lines of a vCard file, unfolded. They come as bytes in a string (one character each), because a fold may
 * cut a character in two and each property may name a charset of its own; `parseProperty` decodes them.
 */
export async function* readContentLines(file: string): AsyncGenerator<ContentLine> {
  let version: OpenLine["version"] = "later"
  let open: OpenLine | undefined
  for await (const { line, text } of readPhysicalLines(file)) {
    if (open && continueLine(open, text)) continue
    if (open) {
      yield { line: open.line, text: open.parts.join("") }
      open = undefined
    }
    if (text.trim() === "") continue
    if (/^version:\s*2\.1/i.test(text)) version = "2.1"
    else if (/^version:/i.test(text)) version = "later"
    open = { line, parts: [text], header: text.slice(0, 1000), version }
  }
  if (open) yield { line: open.line, text: open.parts.join("") }
}

/** Takes a line as continuation of the open one, by any of the three ways in use; false when it is none. */
function continueLine(open: OpenLine, text: string): boolean {
  const encoding = /^[^:]*;(?:ENCODING=)?"?(QUOTED-PRINTABLE|BASE64|(?<==)B)"?(?=[;:])/i.exec(
    open.header,
  )?.[1]
  const last = open.parts.length - 1
  if (encoding?.toUpperCase() === "QUOTED-PRINTABLE" && open.parts[last]!.endsWith("=") && !isFrame(text)) {
    open.parts[last] = open.parts[last]!.slice(0, -1)
    open.parts.push(text)
    return true
  }
  if (/^[ \t]/.test(text)) {
    // 2.1 folds at a blank that belongs to the text; later versions insert one.
    open.parts.push(open.version === "2.1" && !encoding ? text : text.slice(1))
    if (!open.header.includes(":")) open.header += text.slice(1, 1000)
    return true
  }
  const isLooseBase64 = encoding !== undefined && encoding.length !== 16 && /^[A-Za-z0-9+/=]+$/.test(text)
  if (isLooseBase64) open.parts.push(text)
  return isLooseBase64
}

function isFrame(text: string): boolean {
  return /^(begin|end):\s*vcard\s*$/i.test(text)
}

async function* readPhysicalLines(file: string): AsyncGenerator<ContentLine> {
  let tail = ""
  let line = 0
  for await (const chunk of readBytes(file)) {
    const text = tail + chunk
    // A "\r" at the end may be half of a "\r\n".
    const lines = (text.endsWith("\r") ? text.slice(0, -1) : text).split(/\r\n|\n|\r/)
    tail = lines.pop()! + (text.endsWith("\r") ? "\r" : "")
    for (const physical of lines) yield { line: ++line, text: physical }
    if (tail.length > MAX_CARD_LENGTH) {
      throw new FormatError("validation_failed", "A line of the contact file is longer than the limit", {
        reason: "line_too_long",
        remedy: "Export the contacts again; this file is damaged",
        line: line + 1,
        limit: MAX_CARD_LENGTH,
      })
    }
  }
  if (tail !== "") yield { line: line + 1, text: tail.replace(/\r$/, "") }
}

async function* readBytes(file: string): AsyncGenerator<string> {
  const start = await readStart(file, 4096)
  const wide = utf16FromBytes(start)
  if (wide) {
    for await (const text of readText(file, wide)) yield Buffer.from(text).toString("latin1")
    return
  }
  let isFirst = true
  for await (const chunk of createReadStream(file) as AsyncIterable<Buffer>) {
    const text = chunk.toString("latin1")
    yield isFirst ? text.replace(/^\xef\xbb\xbf/, "") : text
    isFirst = false
  }
}

/** Reads one content line; undefined when it has no colon and so is no property. */
export function parseProperty({ line, text }: ContentLine): VcardProperty | undefined {
  const match = /^((?:[^:"]|"[^"]*")*):/.exec(text) ?? /^([^:]*):/.exec(text)
  if (!match) return undefined
  const [full, ...rest] = decodeBytes(match[1]!).match(/(?:[^;"]|"[^"]*"|")+/g) ?? [""]
  const dot = full!.lastIndexOf(".")
  const types: string[] = []
  const parameters = new Map<string, string>()
  for (const parameter of rest) readParameter(parameter, types, parameters)
  const encoding = parameters.get("ENCODING")?.toUpperCase()
  const isBinary = encoding === "B" || encoding === "BASE64"
  let value = text.slice(match[0].length)
  if (encoding === "QUOTED-PRINTABLE") {
    value = value.replace(/=([0-9a-f]{2})/gi, (_, hex: string) =>
      String.fromCharCode(Number.parseInt(hex, 16)),
    )
  }
  return {
    line,
    ...(dot > 0 && { group: full!.slice(0, dot).toLowerCase() }),
    name: full!
      .slice(dot + 1)
      .trim()
      .toUpperCase(),
    types,
    parameters,
    value: isBinary ? value.replace(/\s+/g, "") : decodeBytes(value, parameters.get("CHARSET")),
    isBinary,
  }
}

const BARE_ENCODINGS = /^(quoted-printable|base64|[78]bit)$/i
const CARET: Record<string, string> = { "^n": "\n", "^'": '"', "^^": "^" }

function readParameter(text: string, types: string[], parameters: Map<string, string>): void {
  const equals = text.indexOf("=")
  const name = equals === -1 ? "" : text.slice(0, equals).trim().toUpperCase()
  const value = text
    .slice(equals + 1)
    .replaceAll('"', "")
    .replace(/\^[n'^]/g, (found) => CARET[found]!)
    .trim()
  if (name === "TYPE" || (name === "" && !BARE_ENCODINGS.test(value))) {
    types.push(
      ...value
        .toLowerCase()
        .split(",")
        .map((type) => type.trim()),
    )
  } else if (!parameters.has(name || "ENCODING")) {
    parameters.set(name || "ENCODING", value)
  }
}

/** Text of bytes: by the named charset, else UTF-8, else Windows-1252. */
function decodeBytes(binary: string, charset?: string): string {
  if (!/[\x80-\xff]/.test(binary)) return binary
  const bytes = Buffer.from(binary, "latin1")
  if (charset && iconv.encodingExists(charset) && !/^(us-)?ascii$/i.test(charset))
    return iconv.decode(bytes, charset)
  return isUtf8(bytes) ? bytes.toString() : iconv.decode(bytes, "windows-1252")
}
