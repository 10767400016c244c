import type { Gs1Date } from './gs1-date.ts'

/** What a code on a pack or a carton said; a field it did not carry is absent. */
export interface PackFacts {
  readonly gtin?: string
  readonly batch?: string
  readonly expiry?: Gs1Date
  readonly manufactured?: Gs1Date
  readonly serial?: string
  /** The number of a carton or pallet. */
  readonly sscc?: string
}

export type ScanProblem =
  | 'check digit'
  | 'length'
  | 'date'
  | 'unknown field'
  | 'field twice'
  | 'character'
  | 'too long'

/**
 * A code as it was understood. `gs1` was written by the standard and proved by its check digits; `guessed` was read
 * out of free text or an address, as India's Schedule H2 codes are, so a person compares it with the label before
 * it counts; `text` is no code but what somebody typed; `unreadable` claims the standard and breaks it.
 */
export type Scan =
  | { readonly kind: 'gs1'; readonly facts: PackFacts }
  | { readonly kind: 'guessed'; readonly facts: PackFacts; readonly text: string }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'unreadable'; readonly problem: ScanProblem }
