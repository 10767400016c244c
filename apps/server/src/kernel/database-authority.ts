import { X509Certificate } from 'node:crypto'

const beginning = '-----BEGIN CERTIFICATE-----'

/**
 * What is wrong with a file of certificate authorities, or undefined. An empty file must be found:
 * taken for "no authority", it would quietly turn the check of the database's identity off.
 */
export function authorityFault(pem: string): string | undefined {
  const certificates = pem.split(beginning).slice(1)
  if (certificates.length === 0) return 'holds no certificate'
  try {
    for (const one of certificates) new X509Certificate(`${beginning}${one}`)
    return undefined
  } catch {
    return 'holds a certificate that cannot be read'
  }
}

/**
 * A database's address that demands TLS with a server signed by the authorities in this file, for
 * clients which are given an address and nothing else: migrations, the job tables, backup.
 */
export function withAuthority(url: string, file: string): string {
  const changed = new URL(url)
  changed.searchParams.set('sslmode', 'verify-full')
  changed.searchParams.set('sslrootcert', file)
  return changed.href
}
