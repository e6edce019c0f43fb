export interface ImageSize {
  /** Pixels. */
  width: number
  height: number
}

/** Width and height that a picture's own header states; undefined when it states none. */
export function imageSize(mediaType: string, head: Buffer): ImageSize | undefined {
  try {
    const size = readers[mediaType]?.(head)
    return size && size.width > 0 && size.height > 0 ? size : undefined
  } catch {
    // Reading beyond the end: the header is cut off.
    return undefined
  }
}

const readers: Record<string, (head: Buffer) => ImageSize | undefined> = {
  "image/png": (head) => ({ width: head.readUInt32BE(16), height: head.readUInt32BE(20) }),
  "image/gif": (head) => ({ width: head.readUInt16LE(6), height: head.readUInt16LE(8) }),
  "image/jpeg": jpegSize,
  "image/webp": webpSize,
  "image/avif": avifSize,
}

/** Walks the segments to the frame header; thumbnails lie inside segments and are stepped over. */
function jpegSize(head: Buffer): ImageSize | undefined {
  let position = 2
  while (position < head.length) {
    if (head[position] !== 0xff) return undefined
    const marker = head.readUInt8(position + 1)
    if (marker === 0xff) {
      position += 1
      continue
    }
    const isFrame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)
    if (isFrame) return { height: head.readUInt16BE(position + 5), width: head.readUInt16BE(position + 7) }
    const standsAlone = marker === 0x01 || (marker >= 0xd0 && marker <= 0xd8)
    position += standsAlone ? 2 : 2 + head.readUInt16BE(position + 2)
  }
  return undefined
}

function webpSize(head: Buffer): ImageSize | undefined {
  const kind = head.toString("latin1", 12, 16)
  if (kind === "VP8X") return { width: head.readUIntLE(24, 3) + 1, height: head.readUIntLE(27, 3) + 1 }
  if (kind === "VP8 ")
    return { width: head.readUInt16LE(26) & 0x3fff, height: head.readUInt16LE(28) & 0x3fff }
  if (kind !== "VP8L") return undefined
  const bits = head.readUInt32LE(21)
  return { width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 }
}

/** The largest of the sizes stated in `ispe` properties: pictures are often put together from tiles. */
function avifSize(head: Buffer): ImageSize | undefined {
  let largest: ImageSize | undefined
  for (let at = head.indexOf("ispe"); at >= 0; at = head.indexOf("ispe", at + 4)) {
    const size = { width: head.readUInt32BE(at + 8), height: head.readUInt32BE(at + 12) }
    if (!largest || size.width * size.height > largest.width * largest.height) largest = size
  }
  return largest
}
