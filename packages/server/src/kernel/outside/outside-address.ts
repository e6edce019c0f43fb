import { BlockList, isIP } from "node:net"

/** Networks that are nobody's on the internet: this machine, private, shared, for documentation, multicast. */
const notPublic = new BlockList()
for (const [network, prefix] of [
  ["0.0.0.0", 8],
  ["10.0.0.0", 8],
  ["100.64.0.0", 10],
  ["127.0.0.0", 8],
  ["169.254.0.0", 16],
  ["172.16.0.0", 12],
  ["192.0.0.0", 24],
  ["192.0.2.0", 24],
  ["192.88.99.0", 24],
  ["192.168.0.0", 16],
  ["198.18.0.0", 15],
  ["198.51.100.0", 24],
  ["203.0.113.0", 24],
  ["224.0.0.0", 3],
] as const)
  notPublic.addSubnet(network, prefix, "ipv4")
// Of IPv6 only 2000::/3 is in use; what carries IPv4 addresses in it could lead inside again.
for (const [network, prefix] of [
  ["2001::", 23],
  ["2001:db8::", 32],
  ["2002::", 16],
  ["3fff::", 20],
] as const)
  notPublic.addSubnet(network, prefix, "ipv6")
const inUse = new BlockList()
inUse.addSubnet("2000::", 3, "ipv6")

/** Whether an IP address belongs to the internet, rather than to this machine or a network around it. */
export function isPublicAddress(address: string): boolean {
  const version = isIP(address)
  if (version === 4) return !notPublic.check(address, "ipv4")
  return version === 6 && inUse.check(address, "ipv6") && !notPublic.check(address, "ipv6")
}
