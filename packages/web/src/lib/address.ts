interface Writing {
  /** Country (ISO 3166) an address without one lies in. */
  home?: string | null
  /** Names the region also where letters do without it. */
  region?: boolean
}
/** Countries that write the postcode behind the town. */
const townFirst = ["GB", "US", "CA", "AU", "IE", "IN", "NZ"]

/** Street and town of an address, line by line, in the order of its country; the country itself is left out. */
export function addressLines(
  address: Readonly<Record<string, unknown>>,
  { home = null, region = false }: Writing = {},
): string[] {
  const [street, city, district, postalCode, country] = [
    address.street,
    address.city,
    address.region,
    address.postalCode,
    address.country,
  ].map((part) => (typeof part === "string" ? part.trim() : "")) as [string, string, string, string, string]
  const town = townFirst.includes(country || (home ?? ""))
    ? [city, district, postalCode]
    : [postalCode, city, region ? district : ""]
  return [street, town.filter((part) => part !== "").join(" ")]
    .flatMap((line) => line.split("\n"))
    .map((line) => line.trim())
    .filter((line) => line !== "")
}
