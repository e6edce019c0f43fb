/** Addresses of style sheets that could not be fetched: the bundler's loader counts them as there from then on. */
const failed = new Set<string>()

if (typeof document !== "undefined")
  document.addEventListener(
    "error",
    ({ target }) => {
      if (!(target instanceof HTMLLinkElement) || target.rel !== "stylesheet") return
      failed.add(target.href)
      target.remove()
    },
    true,
  )

/** Fetches the style sheets that are missing. Rejects when one still can't be had. */
export async function fetchFailedSheets(): Promise<void> {
  await Promise.all([...failed].map(fetchSheet))
}
function fetchSheet(href: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const link = Object.assign(document.createElement("link"), { rel: "stylesheet", crossOrigin: "", href })
    link.addEventListener("load", () => {
      failed.delete(href)
      resolve()
    })
    link.addEventListener("error", () => reject(new Error(`Unable to preload CSS for ${href}`)))
    document.head.append(link)
  })
}
