/** The lower end of the 95 % range of a share: Wilson (Journal of the American Statistical Association 22, 1927). */
export function leastShare(count: number, of: number): number {
  const z = 1.96
  const share = count / of
  const spread = z * Math.sqrt((share * (1 - share)) / of + z ** 2 / (4 * of ** 2))
  return (share + z ** 2 / (2 * of) - spread) / (1 + z ** 2 / of)
}
