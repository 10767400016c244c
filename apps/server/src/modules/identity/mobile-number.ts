/** An Indian mobile number in E.164: +91 and ten digits beginning with 6 to 9. */
export type MobileNumber = string

/**
 * Reads a mobile number as people type it: +91, 91 or 0 in front, spaces, hyphens and brackets anywhere, digits
 * in Devanagari too. Answers undefined for anything that is not an Indian mobile number.
 */
export function parseMobile(typed: string): MobileNumber | undefined {
  const latin = typed.replaceAll(/[०-९]/g, digit => String(digit.codePointAt(0)! - 0x0966))
  const digits = latin.replaceAll(/[\s().-]/g, '')
  const [, ten] = /^(?:\+?91|0)?([6-9][0-9]{9})$/.exec(digits) ?? []
  return ten ? `+91${ten}` : undefined
}

/** Enough to recognise one's own number, too little to learn another's: +91 98••• ••210. */
export function maskMobile(mobile: MobileNumber): string {
  return `+91 ${mobile.slice(3, 5)}••• ••${mobile.slice(-3)}`
}
