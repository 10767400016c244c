import { isGstin, type NewSeller } from '@janta/contracts'

const dayMs = 24 * 60 * 60_000

/** The day after a day, 'YYYY-MM-DD'. */
export const dayAfter = (day: string): string =>
  new Date(Date.parse(day) + dayMs).toISOString().slice(0, 10)

/** The seller's facts as they are typed: one line below the other, empty where nothing is said. */
export interface SellerTyped {
  legalName: string
  tradeName: string
  address: string
  pin: string
  gstin: string
  licences: string
  fssaiNumber: string
  phone: string
  email: string
  hsnDigits: 4 | 6
  deliveryTreatment: NewSeller['deliveryTreatment']
  effectiveFrom: string
}

type Wrong =
  | 'needText'
  | 'needAddress'
  | 'needPin'
  | 'needGstin'
  | 'needLicences'
  | 'needFssai'
  | 'needPhone'
  | 'needEmail'
  | 'needDay'

const linesOf = (text: string) =>
  text
    .split('\n')
    .map(line => line.trim())
    .filter(line => line !== '')
const areLines = (lines: readonly string[], most: number, letters: number) =>
  lines.length >= 1 && lines.length <= most && lines.every(line => line.length <= letters)

/** What is to be recorded, or the fields that cannot be so, each with what to do. `earliest` is the first day allowed. */
export function sellerOf(
  typed: SellerTyped,
  by: { storeId: string; earliest: string | undefined },
): { body: NewSeller | undefined; wrong: [keyof SellerTyped, Wrong][] } {
  const gstin = typed.gstin.replaceAll(/\s/g, '').toUpperCase()
  const [addressLines, drugLicences] = [linesOf(typed.address), linesOf(typed.licences)]
  const [fssaiNumber, phone, email] = [typed.fssaiNumber, typed.phone, typed.email].map(one =>
    one.trim(),
  ) as [string, string, string]
  const wrong: [keyof SellerTyped, Wrong][] = []
  const ask = (isRight: boolean, field: keyof SellerTyped, need: Wrong) => {
    if (!isRight) wrong.push([field, need])
  }
  ask(typed.tradeName.trim() !== '', 'tradeName', 'needText')
  ask(typed.legalName.trim() !== '', 'legalName', 'needText')
  ask(areLines(addressLines, 4, 80), 'address', 'needAddress')
  ask(/^[1-8][0-9]{5}$/.test(typed.pin.trim()), 'pin', 'needPin')
  ask(isGstin(gstin), 'gstin', 'needGstin')
  ask(areLines(drugLicences, 8, 60), 'licences', 'needLicences')
  ask(fssaiNumber === '' || /^[0-9]{14}$/.test(fssaiNumber), 'fssaiNumber', 'needFssai')
  ask(phone === '' || phone.length >= 5, 'phone', 'needPhone')
  ask(email === '' || /^\S+@\S+$/.test(email), 'email', 'needEmail')
  const isDay = /^\d{4}-\d{2}-\d{2}$/.test(typed.effectiveFrom)
  ask(isDay && typed.effectiveFrom >= (by.earliest ?? ''), 'effectiveFrom', 'needDay')
  if (wrong.length > 0) return { body: undefined, wrong }
  const body: NewSeller = {
    storeId: by.storeId,
    effectiveFrom: typed.effectiveFrom,
    legalName: typed.legalName.trim(),
    tradeName: typed.tradeName.trim(),
    addressLines,
    pin: typed.pin.trim(),
    gstin,
    drugLicences,
    ...(fssaiNumber && { fssaiNumber }),
    ...(phone && { phone }),
    ...(email && { email }),
    hsnDigits: typed.hsnDigits,
    deliveryTreatment: typed.deliveryTreatment,
  }
  return { body, wrong }
}
