import type { InvoiceKind } from './document-kind.ts'
import type { Seller } from './find-seller.ts'
import type { Split } from './place-of-supply.ts'

/** One line as it stands on paper; money in paise. */
export interface PrintedLine {
  readonly description: string
  readonly packLabel: string
  readonly manufacturer: string
  readonly hsn: string
  readonly schemeMark: string | null
  readonly batchNumber: string | null
  readonly expiry: string | null
  /** What was sold, or what came back. */
  readonly packs: number
  readonly units: number
  readonly unitsPerPack: number
  readonly uqc: string
  readonly uqcQuantity: number
  readonly mrpPaise: number
  readonly grossPaise: number
  readonly discountPaise: number
  readonly netPaise: number
  readonly rateBasisPoints: number
  readonly taxablePaise: number
  readonly cgstPaise: number
  readonly sgstPaise: number
  readonly igstPaise: number
  readonly prescriberName: string | null
  readonly patientName: string | null
  readonly registerSerial: string | null
}

/**
 * Everything an invoice or a credit note prints, read from rows that never change: the same document makes the same
 * bytes whenever it is printed.
 */
export interface PrintedDocument {
  readonly id: string
  readonly kind: InvoiceKind | 'credit_note'
  readonly number: string
  readonly issuedAt: Date
  readonly layout: number
  readonly language: 'en' | 'hi'
  readonly seller: Seller
  readonly recipient: {
    readonly name: string
    readonly addressLines: readonly string[]
    readonly district: string
    readonly pin: string
    readonly gstin: string | null
  }
  readonly placeOfSupply: string
  readonly split: Split
  readonly paymentMethod: 'cash_on_delivery' | 'prepaid'
  readonly creditPart: 'none' | 'part' | 'whole'
  readonly pharmacist: { readonly name: string; readonly registration: string } | null
  /** Of a credit note: the invoice it belongs to and why it was issued. */
  readonly credits: {
    readonly number: string
    readonly issuedAt: Date
    readonly reason: string
  } | null
  readonly lines: readonly PrintedLine[]
  readonly grossPaise: number
  readonly discountPaise: number
  readonly netPaise: number
  readonly taxablePaise: number
  readonly cgstPaise: number
  readonly sgstPaise: number
  readonly igstPaise: number
  readonly roundOffPaise: number
  readonly totalPaise: number
}

export interface RateTotal {
  readonly rateBasisPoints: number
  readonly taxablePaise: number
  readonly cgstPaise: number
  readonly sgstPaise: number
  readonly igstPaise: number
}

/** The sums of each rate, lowest first, as the law wants them beside the lines. */
export function totalsByRate(lines: readonly PrintedLine[]): RateTotal[] {
  const rates = [...new Set(lines.map(line => line.rateBasisPoints))].toSorted((a, b) => a - b)
  return rates.map(rateBasisPoints => {
    const those = lines.filter(line => line.rateBasisPoints === rateBasisPoints)
    const sum = (of: (line: PrintedLine) => number) =>
      those.reduce((total, line) => total + of(line), 0)
    return {
      rateBasisPoints,
      taxablePaise: sum(line => line.taxablePaise),
      cgstPaise: sum(line => line.cgstPaise),
      sgstPaise: sum(line => line.sgstPaise),
      igstPaise: sum(line => line.igstPaise),
    }
  })
}

/** Chapters 2 to 22 of the tariff are what one eats and drinks: their seller prints his FSSAI number. */
export function hasFood(lines: readonly PrintedLine[]): boolean {
  return lines.some(line => {
    const chapter = Number(line.hsn.slice(0, 2))
    return chapter >= 2 && chapter <= 22
  })
}
