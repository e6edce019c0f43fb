import { readdirSync, readFileSync, writeFileSync } from "node:fs"
import { join, resolve } from "node:path"
import { brotliCompressSync, constants, gzipSync } from "node:zlib"
import type { Plugin } from "vite"

/** Bytes below which an answer's header weighs more than what is saved. */
const worthwhile = 1000

/**
 * Puts a `.br` and a `.gz` beside everything that is text, as small as it gets; the server gives out the one the
 * browser takes. Browsers ask for Brotli over https only, so that both are needed.
 */
export function compressed(): Plugin {
  let folder = ""
  return {
    name: "regulars-compressed",
    apply: "build",
    configResolved: ({ root, build }) => {
      folder = resolve(root, build.outDir)
    },
    writeBundle() {
      const files = readdirSync(folder, { recursive: true, encoding: "utf8" })
      for (const name of files.filter((file) => /\.(js|css|html|svg|webmanifest)$/.test(file))) {
        const file = join(folder, name)
        const content = readFileSync(file)
        if (content.length < worthwhile) continue
        const params = { [constants.BROTLI_PARAM_SIZE_HINT]: content.length }
        writeFileSync(`${file}.br`, brotliCompressSync(content, { params }))
        writeFileSync(`${file}.gz`, gzipSync(content, { level: 9 }))
      }
    },
  }
}
