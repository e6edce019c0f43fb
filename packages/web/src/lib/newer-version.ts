/** Script this page was started with; its name carries a hash of the build. */
const ownScript = () =>
  document.querySelector<HTMLScriptElement>("script[type=module][src]")?.getAttribute("src")

/** Whether the server gives out another build than the one that runs here; false when it can't be asked. */
export async function isOutdated(): Promise<boolean> {
  const own = ownScript()
  const page = await fetch("/", { cache: "no-store" }).then(
    (answer) => (answer.ok ? answer.text() : undefined),
    () => undefined,
  )
  return own !== undefined && own !== null && page?.includes("<script") === true && !page.includes(own)
}

/** Whether some code of this build could not be fetched, most often because a newer one has taken its place. */
export function isMissingCode(error: unknown): boolean {
  return (
    error instanceof Error && /dynamically imported module|module script|preload CSS/i.test(error.message)
  )
}
