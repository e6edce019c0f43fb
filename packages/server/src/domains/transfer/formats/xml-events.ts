import iconv from "iconv-lite"
import { SaxesParser } from "saxes"
import { FormatError } from "./format-error.ts"
import { MAX_CELL_LENGTH } from "./table.ts"
import { utf16FromBytes } from "./text-encoding.ts"
import { damaged } from "./xlsx-archive.ts"

/** A tag, text or attribute longer than this is refused, since the parser keeps it in memory until it ends. */
const LONGEST_TOKEN = 8 * MAX_CELL_LENGTH

export type XmlHandlers = {
  open(name: string, attributes: Record<string, string>): void
  close?(name: string): void
  text?(text: string): void
}

/**
 * Parses XML as it streams in and yields the bytes read so far after each piece. Names come without prefix.
 * A document type is refused and nothing outside the text is ever fetched, so there are no entities to expand.
 * @throws FormatError `validation_failed` for XML that is damaged or declares a document type;
 * `payload_too_large` for a single text beyond `LONGEST_TOKEN`
 */
export async function* parseXml(
  stream: AsyncIterable<Buffer>,
  handlers: XmlHandlers,
): AsyncGenerator<number> {
  const feed = xmlFeed(handlers)
  let decoder: iconv.DecoderStream | undefined
  let bytes = 0
  try {
    for await (const chunk of stream) {
      bytes += chunk.length
      decoder ??= iconv.getDecoder(utf16FromBytes(chunk) ?? "utf-8")
      feed.write(decoder.write(chunk))
      yield bytes
    }
    feed.write(decoder?.end() ?? "")
    feed.end()
  } catch (error) {
    damaged(error)
  }
}

function xmlFeed(handlers: XmlHandlers): { write(text: string): void; end(): void } {
  const parser = new SaxesParser({ position: false })
  let quiet = 0
  parser.on("opentag", (tag) => {
    quiet = 0
    handlers.open(localName(tag.name), tag.attributes as Record<string, string>)
  })
  parser.on("closetag", (tag) => {
    quiet = 0
    handlers.close?.(localName(tag.name))
  })
  const text = (value: string) => handlers.text?.(value)
  parser.on("text", text)
  parser.on("cdata", text)
  parser.on("doctype", () => {
    throw new FormatError(
      "validation_failed",
      "The workbook declares a document type, which no program writes",
      {
        reason: "document_type",
        remedy: "Open it in your spreadsheet program, save it again and retry",
      },
    )
  })
  parser.on("error", (error) => {
    throw error
  })
  return {
    write(piece) {
      quiet += piece.length
      parser.write(piece)
      if (quiet <= LONGEST_TOKEN) return
      throw new FormatError("payload_too_large", "One text in the workbook is longer than the limit", {
        reason: "text_too_long",
        remedy: "Shorten the longest text, or save the sheet as CSV",
        limit: LONGEST_TOKEN,
      })
    },
    end: () => {
      parser.close()
    },
  }
}

function localName(name: string): string {
  const colon = name.indexOf(":")
  return colon === -1 ? name : name.slice(colon + 1)
}
