/** A product's or firm's name as compared: lower case, one space, no punctuation but what carries numbers. */
export function nameKey(name: string): string {
  return name
    .normalize('NFKC')
    .toLowerCase()
    .replace(/['’`"]/g, '')
    .replace(/[^\p{L}\p{M}\p{N}.%/+]+/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim()
}

const companyWords = /\b(?:private|pvt|limited|ltd|llp|inc|corp|corporation|company|co|p)\b/g

/** "Sanofi India  Ltd" and "SANOFI INDIA LIMITED" are one firm. Falls back to the whole name. */
export function manufacturerKey(name: string): string {
  const key = nameKey(name.replace(/[.()]/g, ' ').replaceAll('&', ' and '))
  return key.replace(companyWords, ' ').replace(/\s+/g, ' ').trim() || key
}
