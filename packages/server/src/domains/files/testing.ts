import type { Answer, Client } from "../../../testing/app.ts"

/** A picture of one pixel. */
export const pixel = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
  "base64",
)
/** The beginning of a PNG of a size, as far as anyone reads who only looks how large it is. */
export function pngOf(width: number, height: number): Buffer {
  const header = Buffer.from(pixel)
  header.writeUInt32BE(width, 16)
  header.writeUInt32BE(height, 20)
  return header
}

/** Uploads content as a browser's form does, claiming any name and type. */
export function upload(
  client: Client,
  content: Buffer | string,
  name = "file.txt",
  type = "application/octet-stream",
): Promise<Answer> {
  const edge = "----edge-of-a-part"
  const head = `--${edge}\r\ncontent-disposition: form-data; name="file"; filename="${name.replace(/"/g, "%22")}"\r\ncontent-type: ${type}\r\n\r\n`
  return client.call({
    method: "POST",
    url: "/api/v1/files",
    payload: Buffer.concat([Buffer.from(head), Buffer.from(content), Buffer.from(`\r\n--${edge}--\r\n`)]),
    headers: { "content-type": `multipart/form-data; boundary=${edge}` },
  })
}
