/**
 * The last digit GS1 puts after a GTIN or SSCC: the digits weighed 3, 1, 3 ... from the right, up to the next ten.
 * `body` is the number without it, digits only.
 */
export function checkDigitOf(body: string): number {
  let sum = 0
  for (let at = 0; at < body.length; at++) {
    const fromRight = body.length - at
    sum += Number(body[at]) * (fromRight % 2 === 1 ? 3 : 1)
  }
  return (10 - (sum % 10)) % 10
}

/** True for a whole number of digits whose last one is right: one wrong or swapped key is noticed. */
export function isCheckDigitRight(number: string): boolean {
  return /^\d{2,}$/.test(number) && checkDigitOf(number.slice(0, -1)) === Number(number.at(-1))
}
