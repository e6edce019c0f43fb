import { z } from "zod"
import { invalid } from "../errors.ts"
import { isId } from "../ids.ts"

/** Where a page of a list ends that has the newest first: the time and id of its last row. */
export interface TimeCursor {
  createdAt: string
  id: string
}
export function writeCursor({ createdAt, id }: TimeCursor): string {
  return Buffer.from(`${createdAt} ${id}`).toString("base64url")
}
/** @throws AppError validation_failed for what is no cursor */
export function readCursor(text: string): TimeCursor {
  const [createdAt = "", id = ""] = Buffer.from(text, "base64url").toString().split(" ")
  if (!z.iso.datetime().safeParse(createdAt).success || !isId(id))
    throw invalid("cursor", "invalid_cursor", "is not a cursor of this list")
  return { createdAt, id }
}
