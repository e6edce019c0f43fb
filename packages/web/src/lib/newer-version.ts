/** Scripts this page was started with; their names carry a hash of what is in them. */
const ownScripts = () =>
  [...document.querySelectorAll("script[type=module][src]")].map((script) => script.getAttribute("src") ?? "")

/** Whether the server gives out another build than the one that runs here; false when it can't be asked. */
export async function isOutdated(): Promise<boolean> {
  const page = await fetch("/", { cache: "no-store" }).then(
    (answer) => (answer.ok ? answer.text() : undefined),
    () => undefined,
  )
  return page?.includes("<script") === true && ownScripts().some((script) => !page.includes(script))
}

/** Whether some code of this build could not be fetched, most often because a newer one has taken its place. */
export function isMissingCode(error: unknown): boolean {
  return (
    error instanceof Error && /dynamically imported module|module script|preload CSS/i.test(error.message)
  )
}
