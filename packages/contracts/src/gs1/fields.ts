/** How a field of a GS1 code is written: how many characters, and whether a separator may follow. */
export interface FieldRule {
  /** Digits of the field's own number: (01) has two, (710) three, (3103) four. */
  readonly digits: 2 | 3 | 4
  readonly min: number
  readonly max: number
}

const exact = (digits: FieldRule['digits'], length: number): FieldRule => ({
  digits,
  min: length,
  max: length,
})
const upTo = (digits: FieldRule['digits'], max: number): FieldRule => ({ digits, min: 1, max })

/**
 * The fields of the GS1 General Specifications by their leading digits, longest first where one begins another.
 * A field of exact length needs no separator after it; all others run to a separator or the end.
 */
const rules: readonly (readonly [prefix: RegExp, rule: FieldRule])[] = [
  [/^00/, exact(2, 18)],
  [/^0[123]/, exact(2, 14)],
  [/^1[1-35-7]/, exact(2, 6)],
  [/^10/, upTo(2, 20)],
  [/^20/, exact(2, 2)],
  [/^2[12]/, upTo(2, 20)],
  [/^235/, upTo(3, 28)],
  [/^24[0-3]/, upTo(3, 30)],
  [/^25[0-5]/, upTo(3, 30)],
  [/^3[0]/, upTo(2, 8)],
  [/^37/, upTo(2, 8)],
  [/^3[1-6]\d\d/, exact(4, 6)],
  [/^39\d\d/, upTo(4, 18)],
  [/^40[013]/, upTo(3, 30)],
  [/^402/, exact(3, 17)],
  [/^41[0-7]/, exact(3, 13)],
  [/^42[0-7]/, upTo(3, 20)],
  [/^43\d\d/, upTo(4, 70)],
  [/^7003/, exact(4, 10)],
  [/^70\d\d/, upTo(4, 30)],
  [/^71\d/, upTo(3, 20)],
  [/^72\d\d/, upTo(4, 30)],
  [/^8[012]\d\d/, upTo(4, 90)],
  [/^90/, upTo(2, 30)],
  [/^9[1-9]/, upTo(2, 90)],
]

/** The rule of the field that begins this text, or undefined where no field begins so. */
export function fieldRuleOf(text: string): FieldRule | undefined {
  return rules.find(([prefix]) => prefix.test(text))?.[1]
}
