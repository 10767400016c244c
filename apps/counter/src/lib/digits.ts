/** The digits in what was typed, Devanagari ones read too: a Hindi keyboard writes ९८७. */
export function digitsOf(typed: string): string {
  return typed
    .replaceAll(/[०-९]/g, digit => String((digit.codePointAt(0) ?? 0) - 0x0966))
    .replaceAll(/\D/g, '')
}
