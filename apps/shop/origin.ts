import type { IncomingHttpHeaders } from 'node:http'

/**
 * Where the customer's browser believes the shop to be. A configured address wins over every header, so in
 * production nobody can talk the shop into another one; without it (a developer's machine) the proxy's headers,
 * then the Host header over http are believed.
 */
export function originOf(headers: IncomingHttpHeaders, publicUrl: string | undefined): URL {
  if (publicUrl) return new URL(publicUrl)
  const protocol = first(headers['x-forwarded-proto']) === 'https' ? 'https' : 'http'
  const host = first(headers['x-forwarded-host']) ?? headers.host ?? 'localhost'
  return new URL(
    URL.canParse(`${protocol}://${host}`) ? `${protocol}://${host}` : 'http://localhost',
  )
}

function first(header: string | string[] | undefined): string | undefined {
  const value = Array.isArray(header) ? header[0] : header
  return value?.split(',')[0]?.trim() || undefined
}
