import assert from 'node:assert/strict'
import { sql } from 'kysely'
import { findTaxRates } from '#modules/catalogue'
import type { Caller } from '#kernel/caller'
import type { Day } from '#kernel/day'
import { emit } from '#kernel/events'
import { newId } from '#kernel/id'
import { Refusal } from '#kernel/refusal'
import type { Tx } from '#kernel/transaction'
import { invoiceKindOf } from './document-kind.ts'
import { type Seller, sellerOn } from './find-seller.ts'
import type { InvoiceLineInput, InvoiceRequest } from './invoice-request.ts'
import { nextNumber } from './next-number.ts'
import { splitOf, stateOfCode, stateOfName } from './place-of-supply.ts'
import { type DeliveryFee, reckonInvoice } from './reckon-invoice.ts'
import { type ProductRate, rateOn } from './tax-rates.ts'
import { writeInvoice } from './write-invoice.ts'

export interface IssuedInvoice {
  readonly invoiceId: string
  readonly number: string
  /** What is to be paid, the cash rounding included. */
  readonly totalPaise: number
  readonly roundOffPaise: number
}

const linesMax = 100

/**
 * Issues the one document of an order in the caller's transaction: tax invoice, bill of supply or both in one, with
 * the next number of its series, at the rates of today in India. The counter of the series stays locked until the
 * caller commits, so this comes late in a transaction. Emits `billing.invoice_issued`, after which a job prints it.
 * Refuses `seller_unknown`, `tax_rate_unknown`, `place_of_supply_unknown`, `invoice_mixed_supply`, and
 * `invoice_repeated` while the order has one that was not cancelled.
 */
export async function issueInvoice(
  tx: Tx,
  caller: Caller,
  request: InvoiceRequest,
): Promise<IssuedInvoice> {
  const { lines, recipient } = request
  assert(lines.length > 0 && lines.length <= linesMax, `an invoice has 1 to ${linesMax} lines`)
  const { today, replacesId } = await readMoment(tx, request.orderId)
  const seller = await sellerOn(tx, request.storeId, today)
  const placeOfSupply = stateOfName(recipient.region)
  const split = splitOf(stateOfCode(seller.stateCode)!, placeOfSupply)
  const { rated, fee } = await rateLines(tx, request, seller, today)
  const reckoned = reckonInvoice({
    lines: rated,
    discounts: request.discounts,
    fee,
    isInterState: split === 'inter',
    isCash: request.paymentMethod === 'cash_on_delivery',
  })
  const all = reckoned.fee ? [...reckoned.goods, reckoned.fee] : reckoned.goods
  const kind = invoiceKindOf(all, recipient.gstin !== undefined)
  const id = newId()
  const numbered = await nextNumber(
    tx,
    { gstin: seller.gstin, storeId: request.storeId, kind },
    today,
  )
  await writeInvoice(tx, caller, {
    id,
    replacesId,
    request,
    seller,
    numbered,
    kind,
    split,
    placeOfSupply: placeOfSupply.code,
    ...reckoned,
  })
  await emit(tx, caller, 'billing.invoice_issued', { invoiceId: id })
  const { totalPaise, roundOffPaise } = reckoned.totals
  return { invoiceId: id, number: numbered.number, totalPaise, roundOffPaise }
}

/** Today in India, and the cancelled invoice a new one of this order would stand for. */
async function readMoment(
  tx: Tx,
  orderId: string,
): Promise<{ today: Day; replacesId: string | null }> {
  const { rows } = await sql<{ today: Day; lastId: string | null; isCancelled: boolean }>`
    select kernel.today() as today, last.id as "lastId", cancellation.document_id is not null as "isCancelled"
    from (select) as one
    left join lateral (
      select id from billing.invoice where order_id = ${orderId} order by id desc limit 1
    ) as last on true
    left join billing.cancellation on cancellation.document_id = last.id`.execute(tx)
  const { today, lastId, isCancelled } = rows[0]!
  if (lastId === null || isCancelled) return { today, replacesId: lastId }
  throw new Refusal(
    'invoice_repeated',
    'This order has its invoice already. Look it up under the order; what comes back gets a credit note.',
  )
}

const deliveryService = '9968'

async function rateLines(
  tx: Tx,
  request: InvoiceRequest,
  seller: Seller,
  today: Day,
): Promise<{
  rated: (InvoiceLineInput & { hsn: string; rateBasisPoints: number })[]
  fee: DeliveryFee
}> {
  const packIds = [...new Set(request.lines.map(line => line.packId))]
  const { rows: own } = await sql<ProductRate & { serviceCode: string | null }>`
    select pack_id as "packId", service_code as "serviceCode", rate_basis_points as "rateBasisPoints",
      effective_from as "effectiveFrom", effective_to as "effectiveTo"
    from billing.tax_rate
    where (pack_id = any(${packIds}::uuid[]) or service_code = ${deliveryService})
      and effective_from <= ${today}::date and (effective_to is null or ${today}::date < effective_to)
    order by effective_from`.execute(tx)
  const rates = {
    byHsn: await findTaxRates(tx, today),
    byProduct: own.filter(one => one.packId !== null),
  }
  const rated = request.lines.map(line => {
    const rateBasisPoints = rateOn(rates, line, today)
    assert(line.hsn !== null, 'what has a rate has an HSN')
    return { ...line, hsn: line.hsn, rateBasisPoints }
  })
  const service = own.find(one => one.serviceCode === deliveryService)
  assert(service, 'delivery as a service has a rate, a migration entered it')
  return {
    rated,
    fee: {
      feePaise: request.deliveryFeePaise,
      treatment: seller.deliveryTreatment,
      serviceCode: deliveryService,
      serviceRateBasisPoints: service.rateBasisPoints,
    },
  }
}
