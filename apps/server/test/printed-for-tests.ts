import { gstinCheck } from '@janta/contracts'
import type { Seller } from '../src/modules/billing/find-seller.ts'
import { type ReckonedLine, reckonInvoice } from '../src/modules/billing/reckon-invoice.ts'
import type { PrintedDocument, PrintedLine } from '../src/modules/billing/printed-document.ts'

interface Item {
  readonly description: string
  readonly packLabel: string
  readonly manufacturer: string
  readonly hsn: string
  readonly rate: number
  readonly mrp: number
  readonly price: number
  readonly units: number
  readonly unitsPerPack: number
  readonly uqc: string
  readonly mark?: string
  readonly prescribed?: true
  readonly share?: number
}

const items: readonly Item[] = [
  {
    description: 'Atorsample 20 mg tablets',
    packLabel: 'strip of 15 tablets',
    manufacturer: 'Invented Laboratories Ltd',
    hsn: '30049099',
    rate: 500,
    mrp: 24_890,
    price: 21_157,
    units: 30,
    unitsPerPack: 15,
    uqc: 'TBS',
    mark: 'H',
    prescribed: true,
    share: 2_115,
  },
  {
    description: 'Samplecillin with Clavulanate 625 mg film-coated tablets',
    packLabel: 'strip of 10 tablets',
    manufacturer: 'Made-up Remedies Pvt Ltd',
    hsn: '30041090',
    rate: 500,
    mrp: 20_437,
    price: 18_393,
    units: 17,
    unitsPerPack: 10,
    uqc: 'TBS',
    mark: 'H1',
    prescribed: true,
  },
  {
    description: 'Sanitary napkins, extra large',
    packLabel: 'packet of 20',
    manufacturer: 'Invented Hygiene',
    hsn: '96190010',
    rate: 0,
    mrp: 19_900,
    price: 17_900,
    units: 20,
    unitsPerPack: 20,
    uqc: 'PAC',
  },
  {
    description: 'Sunscreen lotion SPF 50',
    packLabel: 'bottle of 100 ml',
    manufacturer: 'Pretend Skin Care',
    hsn: '33049910',
    rate: 1800,
    mrp: 64_900,
    price: 61_655,
    units: 100,
    unitsPerPack: 100,
    uqc: 'BTL',
  },
  {
    description: 'Diabetic nutrition powder, vanilla',
    packLabel: 'tin of 400 g',
    manufacturer: 'Imaginary Foods',
    hsn: '21069099',
    rate: 500,
    mrp: 74_500,
    price: 70_000,
    units: 400,
    unitsPerPack: 400,
    uqc: 'NOS',
  },
]

const seller: Seller = {
  id: '01900000-0000-7000-8000-0000000000ab',
  storeId: '01900000-0000-7000-8000-000000000001',
  effectiveFrom: '2017-07-01',
  legalName: 'SAMPLE Janta Medicals Private Limited',
  tradeName: 'Janta Pharmacy (SAMPLE)',
  addressLines: ['SAMPLE, 1 Invented Road', 'Indore, Madhya Pradesh'],
  pin: '452001',
  stateCode: '23',
  gstin: `23AAAAA0000A1Z${gstinCheck('23AAAAA0000A1Z')}`,
  drugLicences: ['20: SAMPLE/MP/20/0001', '21: SAMPLE/MP/21/0001', '20F: SAMPLE/MP/20F/0001'],
  fssaiNumber: '10000000000000',
  phone: '9000000000',
  email: 'sample@pharmacy.example',
  hsnDigits: 4,
  deliveryTreatment: 'own_service',
  isSample: true,
}

type Sold = Item & ReckonedLine & { line: number }

function goodsLine(line: Sold): PrintedLine {
  return {
    ...line,
    schemeMark: line.mark ?? null,
    batchNumber: `SMPL${line.line}A`,
    expiry: '2028-04',
    packs: Math.ceil(line.units / line.unitsPerPack),
    uqcQuantity: line.uqc === 'TBS' ? line.units : 1,
    discountPaise: line.discountPaise + line.sharePaise,
    prescriberName: line.prescribed ? 'Dr R. Invented' : null,
    patientName: line.prescribed ? 'Sunita Sample' : null,
    registerSerial: line.mark === 'H1' ? 'H1/26-27/0042' : null,
    mrpPaise: line.mrp,
  }
}

function deliveryLine(fee: ReckonedLine): PrintedLine {
  return {
    ...fee,
    description: 'Delivery',
    packLabel: '',
    manufacturer: '',
    schemeMark: null,
    batchNumber: null,
    expiry: null,
    packs: 1,
    units: 1,
    unitsPerPack: 1,
    uqc: 'NA',
    uqcQuantity: 1,
    mrpPaise: 40_00,
    prescriberName: null,
    patientName: null,
    registerSerial: null,
  }
}

/** A document with everything in it that one can have, of as many lines as asked. */
export function printedSample(
  more: Partial<PrintedDocument> & { lineCount?: number; isInter?: boolean } = {},
): PrintedDocument {
  const { lineCount = items.length, isInter = false, ...rest } = more
  const lines = Array.from({ length: lineCount }, (_, at) => ({
    ...items[at % items.length]!,
    line: at + 1,
  }))
  const { goods, fee, totals } = reckonInvoice({
    lines: lines.map(item => ({
      ...item,
      mrpPaise: item.mrp,
      pricePaise: item.price,
      rateBasisPoints: item.rate,
    })),
    discounts: lines.flatMap(({ line, share = 0 }) => (share ? [{ line, sharePaise: share }] : [])),
    fee: {
      feePaise: 40_00,
      treatment: 'own_service',
      serviceCode: '9968',
      serviceRateBasisPoints: 1800,
    },
    isInterState: isInter,
    isCash: true,
  })
  const printed = goods.map(goodsLine)
  const delivery = fee ? [deliveryLine(fee)] : []
  return {
    id: '01900000-0000-7000-8000-0000000000aa',
    kind: 'invoice_cum_bill',
    number: 'JM/26-27/0000123',
    issuedAt: new Date('2026-11-22T14:45:00Z'),
    layout: 1,
    language: 'en',
    seller,
    recipient: {
      name: 'Sunita Sample',
      addressLines: ['12 Invented Lane', 'Near the sample temple', 'Indore'],
      district: 'Indore',
      pin: '452001',
      gstin: null,
    },
    placeOfSupply: isInter ? '27' : '23',
    split: isInter ? 'inter' : 'intra_state',
    paymentMethod: 'cash_on_delivery',
    creditPart: 'none',
    pharmacist: { name: 'Asha Sample', registration: 'SAMPLE-MP-12345' },
    credits: null,
    lines: [...printed, ...delivery],
    ...totals,
    ...rest,
  }
}
