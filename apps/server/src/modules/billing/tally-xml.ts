import { plainRupees } from './gstr1-csv.ts'
import type { RateTotal } from './printed-document.ts'

/** A document as the accounts take it: whose, what it comes to, and its tax by rate. */
export interface Voucher {
  readonly id: string
  readonly kind: string
  readonly number: string
  readonly issuedOn: string
  readonly payment: 'cash_on_delivery' | 'prepaid'
  readonly isInter: boolean
  readonly isUnion: boolean
  readonly totalPaise: number
  readonly roundOffPaise: number
  readonly rates: readonly RateTotal[]
}

const escaped = (text: string) =>
  text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')

/**
 * Vouchers in the XML that Tally imports. Ledgers are named by what they hold ("Sales 5%", "Output CGST"), the party is
 * how the money comes, and no customer is named: his name stays in the document.
 */
export function tallyXml(company: string, vouchers: readonly Voucher[]): string {
  return `<?xml version="1.0" encoding="UTF-8"?>
<ENVELOPE><HEADER><TALLYREQUEST>Import Data</TALLYREQUEST></HEADER><BODY><IMPORTDATA>
<REQUESTDESC><REPORTNAME>Vouchers</REPORTNAME><STATICVARIABLES><SVCURRENTCOMPANY>${escaped(company)}</SVCURRENTCOMPANY></STATICVARIABLES></REQUESTDESC>
<REQUESTDATA>
${vouchers.map(voucherXml).join('\n')}
</REQUESTDATA></IMPORTDATA></BODY></ENVELOPE>
`
}

function voucherXml(voucher: Voucher): string {
  const isNote = voucher.kind === 'credit_note'
  const type = isNote ? 'Credit Note' : 'Sales'
  const entries = entriesOf(voucher).map(([ledger, paise]) =>
    entryXml(ledger, isNote ? -paise : paise),
  )
  return `<TALLYMESSAGE><VOUCHER REMOTEID="${voucher.id}" VCHTYPE="${type}" ACTION="Create"><DATE>${voucher.issuedOn.replaceAll('-', '')}</DATE><VOUCHERTYPENAME>${type}</VOUCHERTYPENAME><VOUCHERNUMBER>${escaped(voucher.number)}</VOUCHERNUMBER>${entries.join('')}</VOUCHER></TALLYMESSAGE>`
}

const partyOf = { cash_on_delivery: 'Cash on delivery', prepaid: 'Online payments' } as const

/** What each ledger is credited; the party is debited, so all of them add up to nothing. */
export function entriesOf(voucher: Voucher): [string, number][] {
  const { isInter, isUnion, rates, roundOffPaise, totalPaise, payment } = voucher
  const sum = (of: (rate: RateTotal) => number) => rates.reduce((all, one) => all + of(one), 0)
  const where = isInter ? 'interstate ' : ''
  const sales = rates.map((one): [string, number] => [
    one.rateBasisPoints === 0
      ? `Sales ${where}nil rated`
      : `Sales ${where}${one.rateBasisPoints / 100}%`,
    one.taxablePaise,
  ])
  const taxes: [string, number][] = isInter
    ? [['Output IGST', sum(one => one.igstPaise)]]
    : [
        ['Output CGST', sum(one => one.cgstPaise)],
        [isUnion ? 'Output UTGST' : 'Output SGST', sum(one => one.sgstPaise)],
      ]
  const all: [string, number][] = [
    [partyOf[payment], -totalPaise],
    ...sales,
    ...taxes,
    ['Rounding', roundOffPaise],
  ]
  return all.filter(([, paise]) => paise !== 0)
}

/** Tally writes a debit below nothing and says so twice. */
function entryXml(ledger: string, paise: number): string {
  return `<ALLLEDGERENTRIES.LIST><LEDGERNAME>${escaped(ledger)}</LEDGERNAME><ISDEEMEDPOSITIVE>${paise < 0 ? 'Yes' : 'No'}</ISDEEMEDPOSITIVE><AMOUNT>${plainRupees(paise)}</AMOUNT></ALLLEDGERENTRIES.LIST>`
}
