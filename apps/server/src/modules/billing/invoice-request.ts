/** One batch of one order line as it leaves the shelf. Prices are of a whole pack, tax inside, in paise. */
export interface InvoiceLineInput {
  readonly line: number
  readonly packId: string
  readonly description: string
  readonly packLabel: string
  readonly manufacturer: string
  readonly hsn: string | null
  /** `H`, `H1`, `G` and the like, as the label must say; null where there is none. */
  readonly schemeMark: string | null
  readonly batchId: string
  readonly batchNumber: string
  /** 'YYYY-MM' */
  readonly expiry: string
  readonly packs: number
  readonly units: number
  readonly unitsPerPack: number
  readonly mrpPaise: number
  readonly pricePaise: number
  readonly dispensingId: string
}

/** A line's part of a discount on the whole order, in paise. */
export interface DiscountShare {
  readonly line: number
  readonly sharePaise: number
}

/** What a memo of a prescription medicine must also say (Drugs Rules 65(4)(3)). */
export interface PrescriptionOfLine {
  readonly line: number
  readonly prescriberName: string
  readonly patientName: string
  readonly registerSerial: string | null
}

export interface InvoiceRequest {
  readonly orderId: string
  readonly storeId: string
  /** Whose order it is, so that he and nobody else may fetch the document; null for a sale without an account. */
  readonly personId: string | null
  readonly paymentMethod: 'cash_on_delivery' | 'prepaid'
  /** What store credit paid of it before the payment method; absent: nothing. */
  readonly creditPart?: 'none' | 'part' | 'whole' | undefined
  readonly recipient: {
    readonly name: string
    readonly addressLines: readonly string[]
    readonly district: string
    /** The state's name; it is the place of supply. */
    readonly region: string
    readonly pin: string
    readonly language: 'en' | 'hi'
    /** Of a registered buyer; left out for a consumer. */
    readonly gstin?: string | undefined
  }
  readonly lines: readonly InvoiceLineInput[]
  readonly deliveryFeePaise: number
  readonly discounts: readonly DiscountShare[]
  readonly prescription?: readonly PrescriptionOfLine[] | undefined
  readonly pharmacist: { readonly name: string; readonly registration: string } | null
}
