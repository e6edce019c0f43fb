import { type ImageSize, imageSize } from "./image-size.ts"

/** Pictures a browser decodes without running anything; all else is only ever offered for download. */
const rasterTypes = ["image/png", "image/jpeg", "image/gif", "image/webp", "image/avif"]
/**
 * Megapixels of a picture that is taken in and made smaller: larger ones exhaust whoever decodes them. Counted so that
 * whatever a camera of this size takes is within.
 */
export const mostMegapixels = 50
export const mostPixels = mostMegapixels * 1024 * 1024
const longestName = 200

export function isRaster(mediaType: string): boolean {
  return rasterTypes.includes(mediaType)
}
export function isTooLarge({ width, height }: ImageSize): boolean {
  return width * height > mostPixels
}

/** A name that is safe to store, show and offer: no folders, no control or direction characters, no device of Windows. */
export function safeName(given: string): string {
  const clean = (given.toWellFormed().split(/[/\\]/).at(-1) ?? "")
    // Direction marks can make "gpj.exe" read as "exe.jpg".
    .replace(/[\p{Cc}\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\ufffd]/gu, "")
    .replace(/[<>:"|?*]/g, "_")
    .replace(/^[\s.]+|[\s.]+$/g, "")
  const named = clean === "" ? "file" : clean
  const isDevice = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i.test(named)
  return shorten(isDevice ? `_${named}` : named)
}
function shorten(name: string): string {
  const characters = [...name]
  if (characters.length <= longestName) return name
  const ending = /\.[^.\s]{1,12}$/.exec(name)?.[0] ?? ""
  return characters.slice(0, longestName - ending.length).join("") + ending
}

/** The type under which content travels: one that no browser runs, whatever was found in it. */
export function servedType(mediaType: string): string {
  const isHarmless = isRaster(mediaType) || ["application/pdf", "text/plain", "text/csv"].includes(mediaType)
  if (!isHarmless) return "application/octet-stream"
  return mediaType.startsWith("text/") ? `${mediaType}; charset=utf-8` : mediaType
}

const signatures: [type: string, offset: number, bytes: string][] = [
  ["image/png", 0, "\x89PNG\r\n\x1a\n"],
  ["image/jpeg", 0, "\xff\xd8\xff"],
  ["image/gif", 0, "GIF87a"],
  ["image/gif", 0, "GIF89a"],
  ["image/webp", 8, "WEBPVP8"],
  ["image/avif", 4, "ftypavif"],
  ["image/avif", 4, "ftypavis"],
  ["image/heic", 4, "ftypheic"],
  ["application/pdf", 0, "%PDF-"],
  ["application/zip", 0, "PK\x03\x04"],
  ["application/x-ole", 0, "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"],
  ["video/mp4", 4, "ftyp"],
  ["audio/mpeg", 0, "ID3"],
  ["audio/ogg", 0, "OggS"],
  ["audio/wav", 8, "WAVEfmt"],
]
/** What a container or a text holds is told by its ending; neither is ever opened by a browser. */
const typesByEnding: Record<string, Record<string, string>> = {
  "application/zip": {
    docx: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    xlsx: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    pptx: "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    odt: "application/vnd.oasis.opendocument.text",
    ods: "application/vnd.oasis.opendocument.spreadsheet",
  },
  "application/x-ole": {
    doc: "application/msword",
    xls: "application/vnd.ms-excel",
    ppt: "application/vnd.ms-powerpoint",
    msg: "application/vnd.ms-outlook",
  },
  "text/plain": { csv: "text/csv", vcf: "text/vcard", ics: "text/calendar", json: "application/json" },
}

/**
 * Media type by content; the sender's word counts for nothing. A picture whose size can't be read is no
 * picture. `head` is the content's beginning, as much as `writeContent` keeps.
 */
export function sniffMediaType(head: Buffer, name: string): string {
  const found = signatures.find(
    ([, offset, bytes]) => head.toString("latin1", offset, offset + bytes.length) === bytes,
  )
  const type = found?.[0] ?? textType(head)
  if (isRaster(type)) return imageSize(type, head) ? type : "application/octet-stream"
  const ending = /\.([a-z0-9]{1,8})$/i.exec(name)?.[1]?.toLowerCase() ?? ""
  const refined = typesByEnding[type]
  return refined && Object.hasOwn(refined, ending) ? (refined[ending] as string) : type
}
function textType(head: Buffer): string {
  const isUtf16 = head[0] === 0xff ? head[1] === 0xfe : head[0] === 0xfe && head[1] === 0xff
  if (isUtf16) return "text/plain"
  const text = readUtf8(head)
  if (text === undefined) return "application/octet-stream"
  const start = text.trimStart().slice(0, 2000).toLowerCase()
  if (!start.startsWith("<")) return "text/plain"
  if (/<svg[\s>]/.test(start)) return "image/svg+xml"
  return start.startsWith("<?xml") && !start.includes("<html") ? "application/xml" : "text/html"
}
function readUtf8(head: Buffer): string | undefined {
  try {
    // Streaming, so that a character cut off at the end is no error.
    const text = new TextDecoder("utf-8", { fatal: true }).decode(head, { stream: true })
    return text.includes("\0") ? undefined : text
  } catch {
    return undefined
  }
}
