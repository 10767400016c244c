import { BlockList, isIPv6 } from 'node:net'

/** Addresses from which only our own proxies come, in the words of `trustProxy`. */
export const inside = 'loopback, uniquelocal'

const ownNetwork = new BlockList()
ownNetwork.addSubnet('127.0.0.0', 8)
ownNetwork.addSubnet('10.0.0.0', 8)
ownNetwork.addSubnet('172.16.0.0', 12)
ownNetwork.addSubnet('192.168.0.0', 16)
ownNetwork.addSubnet('fc00::', 7, 'ipv6')

/**
 * Whose word on where a request came from is believed: the load balancer, or the shop that hands on what it was told,
 * which ask from inside; and before them CloudFront, whose address is public, and alone reaches the load balancer.
 */
export function isTrustedBehindCdn(address: string, hop: number): boolean {
  if (hop > 0) return hop === 1
  return ownNetwork.check(address, isIPv6(address) ? 'ipv6' : 'ipv4')
}
