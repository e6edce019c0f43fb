import type { RichText } from "@regulars/contract/kernel/fields.ts"
import type { StoredRecord, Values } from "../../kernel/records/columns.ts"
import { cleanRichText, mentionedIn, paragraphs, plainText } from "./rich-text.ts"

/** A note's text follows from its body; from a text alone the body is made. */
export function prepareNote(values: Values, before: StoredRecord | undefined): Values {
  if (values.body) return withBody(values, cleanRichText(values.body as RichText))
  if (typeof values.text === "string") {
    // The same text sent back must not cost the note its form.
    if (values.text === before?.text && !("body" in values)) return values
    return withBody(values, cleanRichText(paragraphs(values.text)))
  }
  const isEmptied = "body" in values || "text" in values
  return isEmptied ? { ...values, body: null, text: null, mentions: [] } : values
}
function withBody(values: Values, body: RichText): Values {
  const text = plainText(body)
  return {
    ...values,
    body,
    text: text === "" ? null : text,
    mentions: mentionedIn(body).map((id) => ({ type: "member", id })),
  }
}
