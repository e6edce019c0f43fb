/**
 * The secret of a reset or invitation link. It stands behind the "#", so that it reaches no server's log and no
 * other site.
 */
export function tokenOfLink(hash: string): string {
  return decodeURIComponent(hash.replace(/^#(token=)?/, ""))
}
