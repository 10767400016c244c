import type { PrintedDocument } from './printed-document.ts'

/** Each word of a document in English, and in Hindi beside it where the customer chose Hindi. */
export const words = {
  tax_invoice: ['Tax Invoice', 'कर चालान'],
  bill_of_supply: ['Bill of Supply', 'आपूर्ति बिल'],
  invoice_cum_bill: ['Invoice-cum-Bill of Supply', 'चालान सह आपूर्ति बिल'],
  credit_note: ['Credit Note', 'क्रेडिट नोट'],
  original: ['Original for recipient', 'प्राप्तकर्ता के लिए मूल प्रति'],
  number: ['Number', 'क्रमांक'],
  date: ['Date and time', 'दिनांक व समय'],
  againstInvoice: ['Against invoice', 'मूल चालान'],
  reason: ['Reason', 'कारण'],
  returned: ['Medicines given back', 'दवा लौटाई गई'],
  cancelled: ['Order cancelled', 'ऑर्डर रद्द'],
  refused_at_door: ['Refused at the door', 'दरवाज़े पर मना किया'],
  placeOfSupply: ['Place of supply', 'आपूर्ति का स्थान'],
  reverseCharge: ['Reverse charge', 'प्रतिलोम प्रभार'],
  no: ['No', 'नहीं'],
  payment: ['Payment', 'भुगतान'],
  cash_on_delivery: ['Cash on delivery', 'डिलीवरी पर नक़द'],
  storeCredit: ['Store credit', 'स्टोर क्रेडिट'],
  prepaid: ['Paid online', 'ऑनलाइन भुगतान'],
  seller: ['Sold by', 'विक्रेता'],
  recipient: ['Bill and delivery to', 'ग्राहक व डिलीवरी का पता'],
  state: ['State', 'राज्य'],
  licences: ['Drug licences', 'औषधि अनुज्ञप्ति'],
  item: ['Item', 'वस्तु'],
  quantity: ['Qty', 'मात्रा'],
  mrp: ['MRP', 'एमआरपी'],
  discount: ['Discount', 'छूट'],
  taxable: ['Taxable', 'कर योग्य'],
  rate: ['GST', 'जीएसटी'],
  total: ['Total', 'कुल'],
  batch: ['Batch', 'बैच'],
  expiry: ['Exp', 'समाप्ति'],
  prescriber: ['Prescriber', 'चिकित्सक'],
  patient: ['Patient', 'रोगी'],
  register: ['Register no.', 'पंजी क्र.'],
  delivery: ['Delivery', 'डिलीवरी'],
  mrpTotal: ['Total at MRP', 'एमआरपी पर कुल'],
  taxableTotal: ['Taxable value', 'कर योग्य मूल्य'],
  roundOff: ['Rounding', 'पूर्णांकन'],
  toPay: ['Total', 'कुल राशि'],
  toRefund: ['Total credited', 'कुल वापसी'],
  inWords: ['In words', 'शब्दों में'],
  byRate: ['Tax by rate', 'दर के अनुसार कर'],
  nil: ['Nil', 'शून्य'],
  dispensedBy: ['Dispensed under the supervision of', 'देखरेख में वितरित'],
  registration: ['Registration no.', 'पंजीकरण क्र.'],
  signed: [
    'Issued by computer and valid without a signature.',
    'कंप्यूटर से जारी; हस्ताक्षर के बिना मान्य।',
  ],
  taxInside: ['All prices include GST.', 'सभी मूल्य जीएसटी सहित।'],
  page: ['Page', 'पृष्ठ'],
  sample: ['SAMPLE', 'नमूना'],
} as const satisfies Record<string, readonly [string, string]>

export type Word = keyof typeof words
export type Say = (word: Word) => string

/** Both languages side by side for a customer who reads Hindi, English alone otherwise. */
export function sayFor({ language }: Pick<PrintedDocument, 'language'>, between = ' · '): Say {
  return word => {
    const [english, hindi] = words[word]
    return language === 'hi' ? english + between + hindi : english
  }
}

const creditReasons = ['returned', 'cancelled', 'refused_at_door'] as const satisfies Word[]

/** Why a credit note was issued: a reason of the house in its words, what a person wrote as it was written. */
export function sayReason(reason: string, say: Say): string {
  const known = creditReasons.find(one => one === reason)
  return known ? say(known) : reason
}
